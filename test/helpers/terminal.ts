import { PassThrough, Writable } from 'node:stream';

/** A terminal's keyboard: `write` presses keys, `isRaw` is what the program asked of the terminal. */
export class FakeKeyboard extends PassThrough {
  readonly isTTY = true;
  isRaw = false;

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

/** A terminal's screen of a fixed size; `text` is every byte written to it. */
export class FakeScreen extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  text = '';

  constructor(columns: number, rows: number) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    done();
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }
}
