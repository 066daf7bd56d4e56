/**
 * What becomes of a message of protobuf, by the numbers of its fields: what lies in one is changed, or left out where
 * that gives undefined. Fields that are not named stay as they are.
 */
export type Edits = {
  readonly [field: number]: Edits | ((content: Buffer) => Buffer | undefined);
};

const lengthDelimited = 2;

function varint(bytes: Buffer, from: number): readonly [value: number, next: number] {
  let value = 0;
  for (let at = from, scale = 1; ; at += 1, scale *= 0x80) {
    const byte = bytes.readUInt8(at);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, at + 1];
  }
}

function writtenVarint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 0x80)) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** A field that holds bytes: a text, or a message. */
export function field(number: number, content: Buffer): Buffer {
  const tag = writtenVarint((number << 3) | lengthDelimited);
  return Buffer.concat([tag, writtenVarint(content.length), content]);
}

type Part = {
  readonly number: number;
  /** As it stands, with its tag. */
  readonly whole: Buffer;
  /** Of a text or a message. */
  readonly content?: Buffer;
};

/** The fields of a message in their order. */
export function* partsOf(message: Buffer): Generator<Part> {
  for (let at = 0; at < message.length;) {
    const start = at;
    const [tag, afterTag] = varint(message, at);
    const [length, afterNumber] = varint(message, afterTag);
    const isBytes = (tag & 7) === lengthDelimited;
    at = isBytes ? afterNumber + length : afterNumber;
    const whole = message.subarray(start, at);
    yield { number: tag >>> 3, whole, ...(isBytes && { content: message.subarray(afterNumber, at) }) };
  }
}

export function rewritten(message: Buffer, edits: Edits): Buffer {
  const parts = [...partsOf(message)].map(({ number, whole, content }) => {
    const edit = edits[number];
    if (edit === undefined || content === undefined) return whole;
    const changed = typeof edit === 'function' ? edit(content) : rewritten(content, edit);
    return changed === undefined ? Buffer.alloc(0) : field(number, changed);
  });
  return Buffer.concat(parts);
}

/** What lies in the message under these field numbers, the first of each. */
export function contentAt(message: Buffer, [number, ...rest]: readonly number[]): Buffer {
  for (const part of partsOf(message)) {
    if (part.number === number && part.content) {
      return rest.length === 0 ? part.content : contentAt(part.content, rest);
    }
  }
  return Buffer.alloc(0);
}
