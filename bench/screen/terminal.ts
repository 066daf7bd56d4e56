import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';

/** A keyboard on which `write` presses keys. */
export class Keyboard extends PassThrough {
  readonly isTTY = true;

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** A terminal that forgets what is written to it, and tells that it was. */
export class Sink extends Writable {
  readonly isTTY = true;
  readonly columns = 160;
  readonly rows = 50;
  frames = 0;

  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    this.frames += 1;
    this.emit('frame');
    done();
  }

  async nextFrame(): Promise<void> {
    await once(this, 'frame');
  }
}
