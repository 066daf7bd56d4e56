import { asRecord, asText, type UnknownRecord } from '../../../core/door.ts';
import { message, text, type Field, type Message, type NamedField } from './message.ts';

/** How the value behind a tag is measured: protobuf.dev/programming-guides/encoding. */
export const wireTypes = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

/** Below it a number is one byte, itself. */
const continued = 0x80;

const entry = message({ key: text(1), value: text(2) });

/**
 * Written for a start without a warmed-up compiler, which is where we always read. Throws RangeError where the bytes
 * are cut off or garbled: nothing is read past the end.
 */
class Reader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer, from: number) {
    this.#bytes = bytes;
    this.#position = from;
  }

  /** The fields from here to `end`. Numbers of one byte and texts, almost all there is, are read without a call. */
  read(message: Message, end: number): UnknownRecord {
    const value: Record<string, unknown> = {};
    const bytes = this.#bytes;
    while (this.#position < end) {
      let tag = bytes[this.#position] ?? continued;
      if (tag < continued) this.#position += 1;
      else tag = this.#varint(end);
      const field = message[tag >>> 3];
      const wireType = tag & 7;
      if (wireType === wireTypes.lengthDelimited) {
        let length = bytes[this.#position] ?? continued;
        if (length < continued) this.#position += 1;
        else length = this.#varint(end);
        const to = this.#position + length;
        if (to > end) throw new RangeError('a value is longer than what holds it');
        if (field?.type === 'text' && !field.isRepeated) {
          value[field.name] = bytes.toString('utf8', this.#position, to);
        } else if (field) this.#add(value, field, to);
        this.#position = to;
      } else this.#addNumber(value, field, wireType, end);
    }
    return value;
  }

  #addNumber(
    value: Record<string, unknown>,
    field: NamedField | undefined,
    wireType: number,
    end: number,
  ): void {
    if (wireType === wireTypes.varint) {
      const number = this.#varint(end);
      if (field) value[field.name] = field.type === 'boolean' ? number !== 0 : number;
      return;
    }
    this.#position += fixedLength(wireType);
    if (this.#position > end) throw new RangeError('a value is longer than what holds it');
  }

  #add(value: Record<string, unknown>, field: NamedField, end: number): void {
    const { name, isRepeated } = field;
    const earlier = value[name];
    const item = this.#content(field, end, earlier);
    if (!isRepeated) value[name] = item;
    else if (Array.isArray(earlier)) earlier.push(item);
    else value[name] = [item];
  }

  #content(field: Field, end: number, earlier: unknown): unknown {
    switch (field.type) {
      case 'text':
        return this.#bytes.toString('utf8', this.#position, end);
      case 'message': {
        const value = this.read(field.message, end);
        return field.convert ? field.convert(value) : value;
      }
      case 'map': {
        const { key, value } = this.read(entry, end);
        return { ...asRecord(earlier), [asText(key)]: asText(value) };
      }
      case 'bytes':
        return this.#bytes.subarray(this.#position, end);
      case 'integer':
      case 'boolean':
        throw new RangeError(`a number is no text`);
    }
  }

  /** Seven bits a byte, the lowest ones first; exact up to 2^53. */
  #varint(end: number): number {
    let value = 0;
    let scale = 1;
    for (let at = this.#position; at < end; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < continued) {
        this.#position = at + 1;
        return value;
      }
      scale *= continued;
    }
    throw new RangeError('a number goes on beyond what holds it');
  }
}

function fixedLength(wireType: number): number {
  if (wireType === wireTypes.fixed64) return 8;
  if (wireType === wireTypes.fixed32) return 4;
  throw new RangeError(`there is no wire type ${wireType}`);
}

/** The message that lies between two places, as the same object is as JSON. */
export function readMessage(bytes: Buffer, message: Message, from = 0, to = bytes.length): UnknownRecord {
  return new Reader(bytes, from).read(message, to);
}
