/** Each frame of a protobuf stream has its length before it, in four bytes, the highest first. */
const lengthBytes = 4;

const lineFeed = 0x0a;

/** How a stream falls into frames: the bytes of the first frame, and of all that it takes; undefined while it is not whole. */
type Framing = (bytes: Buffer) => { readonly frame: Buffer; readonly length: number } | undefined;

export const lengthDelimited: Framing = (bytes) => {
  if (bytes.length < lengthBytes) return undefined;
  const length = lengthBytes + bytes.readUInt32BE(0);
  return bytes.length < length ? undefined : { frame: bytes.subarray(lengthBytes, length), length };
};

export const lines: Framing = (bytes) => {
  const end = bytes.indexOf(lineFeed);
  return end < 0 ? undefined : { frame: bytes.subarray(0, end), length: end + 1 };
};

/** The frames of a stream, as many at a time as have come together. Throws RangeError when it ends amid one. */
export async function* framesOf(
  chunks: AsyncIterable<Buffer>,
  framing: Framing,
): AsyncGenerator<readonly Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const frames: Buffer[] = [];
    for (let next = framing(rest); next !== undefined; next = framing(rest)) {
      frames.push(next.frame);
      rest = rest.subarray(next.length);
    }
    if (frames.length > 0) yield frames;
  }
  if (rest.length > 0) throw new RangeError('it ended amid an event');
}
