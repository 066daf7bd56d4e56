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

/** A control sequence that moves or erases, or text up to the next one. */
const pieces = /\u001b\[\??(?<count>[\d;]*)(?<command>[A-Za-z])|\n|[^\u001b\n]+/g;

/** A terminal's screen of a given size: `text` is every byte written to it, `lines` what is to be seen. */
export class FakeScreen extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  text = '';
  #lines: string[] = [];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.rows = rows;
  }

  get lines(): readonly string[] {
    return this.#lines.map((line) => line.trimEnd());
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    for (const { 0: piece, groups } of chunk.matchAll(pieces)) {
      if (piece === '\n') this.#move(this.#row + 1, 0);
      else if (groups?.['command'] === undefined) this.#print(piece);
      else this.#obey(groups['command'], Number.parseInt(groups['count'] ?? '', 10) || 0);
    }
    done();
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  #move(row: number, column: number): void {
    this.#row = row;
    this.#column = column;
  }

  #print(text: string): void {
    const line = (this.#lines[this.#row] ?? '').padEnd(this.#column);
    this.#lines[this.#row] = line.slice(0, this.#column) + text + line.slice(this.#column + text.length);
    this.#column += text.length;
  }

  /** The few commands that Ink uses. */
  #obey(command: string, count: number): void {
    const line = this.#lines[this.#row] ?? '';
    if (command === 'A') this.#row -= Math.max(1, count);
    if (command === 'E') this.#move(this.#row + Math.max(1, count), 0);
    if (command === 'G') this.#column = Math.max(1, count) - 1;
    if (command === 'H') this.#move(0, 0);
    if (command === 'K') this.#lines[this.#row] = count === 2 ? '' : line.slice(0, this.#column);
    if (command === 'J') this.#lines = [...this.#lines.slice(0, this.#row), line.slice(0, this.#column)];
  }
}
