import { asText } from '../../../core/door.ts';
import { checkMagic, magic } from './decode.ts';
import type { Message } from './message.ts';
import { listMeta } from './meta.ts';
import { readMessage, wireTypes } from './read-message.ts';

/** A field that holds bytes, and where they lie. */
type Field = { readonly number: number; readonly from: number; readonly to: number };

/** Of `runtime.Unknown` and of any list: what they are there for. */
const content = 2;
const listMetadata = 1;

/** Bytes that a tag and a length take at most. */
const longestHead = 15;

/** Seven bits a byte, the lowest ones first. */
function varintAt(bytes: Buffer, at: number): readonly [value: number, next: number] | undefined {
  let value = 0;
  for (let next = at, scale = 1; next < bytes.length; next += 1, scale *= 0x80) {
    const byte = bytes[next] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, next + 1];
  }
  return undefined;
}

/** `undefined` while its head has not come whole. */
function fieldAt(bytes: Buffer, at: number): Field | undefined {
  const tag = varintAt(bytes, at);
  const length = tag && varintAt(bytes, tag[1]);
  if (length) {
    if ((tag[0] & 7) !== wireTypes.lengthDelimited) throw new RangeError('a list has no numbers');
    return { number: tag[0] >>> 3, from: length[1], to: length[1] + length[0] };
  }
  if (bytes.length - at > longestHead) throw new RangeError('a number goes on beyond what holds it');
  return undefined;
}

export type ItemReader<Item> = {
  readonly message: Message;
  readonly parse: (value: unknown) => Item;
};

/**
 * Reads a list of protobuf while it comes, each item as soon as its bytes are there: a server takes its time over a
 * big one, and most of it is read meanwhile. Throws RangeError where the bytes are garbled or cut off.
 */
export class ListReader<Item> {
  readonly #of: ItemReader<Item>;
  readonly #items: Item[] = [];
  #resourceVersion = '';
  /** What chunks are copied into, again and again: new memory for each costs more than the copy. */
  #memory: Buffer = Buffer.alloc(0);
  /** What has come, of which that is not read yet which begins at `#at`. */
  #bytes: Buffer = this.#memory;
  #at = 0;
  #place: 'Magic' | 'Envelope' | 'List' | 'Done' = 'Magic';
  /** Bytes of the list that are not read yet. */
  #left = 0;

  constructor(of: ItemReader<Item>) {
    this.#of = of;
  }

  take(chunk: Buffer): void {
    const rest = this.#bytes.subarray(this.#at);
    this.#bytes = rest.length === 0 ? chunk : this.#joined(rest, chunk);
    this.#at = 0;
    while (this.#step());
  }

  #joined(rest: Buffer, chunk: Buffer): Buffer {
    const length = rest.length + chunk.length;
    if (length > this.#memory.length) this.#memory = Buffer.allocUnsafe(2 * length);
    rest.copy(this.#memory);
    chunk.copy(this.#memory, rest.length);
    return this.#memory.subarray(0, length);
  }

  /** All that came. */
  end(): { readonly items: readonly Item[]; readonly resourceVersion: string } {
    if (this.#place !== 'Done') throw new RangeError('it is cut off');
    return { items: this.#items, resourceVersion: this.#resourceVersion };
  }

  /** False when it needs more bytes, or none any more. */
  #step(): boolean {
    switch (this.#place) {
      case 'Magic':
        return this.#readMagic();
      case 'Envelope':
        return this.#readEnvelope();
      case 'List':
        return this.#readList();
      case 'Done':
        return false;
    }
  }

  #readMagic(): boolean {
    if (this.#bytes.length < magic.length) return false;
    checkMagic(this.#bytes);
    this.#at = magic.length;
    this.#place = 'Envelope';
    return true;
  }

  #readEnvelope(): boolean {
    const field = fieldAt(this.#bytes, this.#at);
    if (!field) return false;
    if (field.number === content) {
      this.#at = field.from;
      this.#enterList(field.to - field.from);
      return true;
    }
    return this.#pass(field);
  }

  #enterList(left: number): void {
    this.#left = left;
    this.#place = left > 0 ? 'List' : 'Done';
  }

  #readList(): boolean {
    const field = fieldAt(this.#bytes, this.#at);
    if (!field) return false;
    const { number, from, to } = field;
    const left = this.#left - (to - this.#at);
    if (left < 0) throw new RangeError('an item is longer than its list');
    if (!this.#pass(field)) return false;
    const { message, parse } = this.#of;
    if (number === content) this.#items.push(parse(readMessage(this.#bytes, message, from, to)));
    if (number === listMetadata) {
      this.#resourceVersion = asText(readMessage(this.#bytes, listMeta, from, to)['resourceVersion']);
    }
    this.#enterList(left);
    return true;
  }

  /** Behind a field, if all of it is there. */
  #pass({ to }: Field): boolean {
    if (to > this.#bytes.length) return false;
    this.#at = to;
    return true;
  }
}
