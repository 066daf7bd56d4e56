import { contentAt, field, partsOf, rewritten } from './rewrite.ts';

/** What the API server answered, in protobuf: lists, of which copies are made. */
export type Lists = Readonly<Record<'pods' | 'endpointslices', Buffer>>;

/* Numbers of fields, of the .proto of each: runtime.Unknown, any list, ObjectMeta, ObjectReference. */
const envelope = { raw: 2 };
const list = { items: 2 };
const meta = { name: 1, uid: 5 };
const reference = { name: 3, uid: 4 };

/** `k8s\0`, before the envelope. */
const magicLength = 4;

const textOf = (change: (text: string) => string) => (content: Buffer) =>
  Buffer.from(change(content.toString()));

/** The list or object inside of an answer, changed. */
function inside(answer: Buffer, change: (raw: Buffer) => Buffer): Buffer {
  return Buffer.concat([
    answer.subarray(0, magicLength),
    rewritten(answer.subarray(magicLength), { [envelope.raw]: change }),
  ]);
}

/** The IPs that an Endpoints holds, of protobuf too. */
export function heldIn(endpoints: Buffer): ReadonlySet<string> {
  const subset = contentAt(contentAt(endpoints.subarray(magicLength), [envelope.raw]), [2]);
  const addresses = [...partsOf(subset)].filter(({ number }) => number === 1);
  return new Set(addresses.map(({ content = Buffer.alloc(0) }) => contentAt(content, [1]).toString()));
}

/** Each item of a list as often as asked for, changed by the number of the copy. */
function multiplied(
  answer: Buffer,
  copies: number,
  change: (item: Buffer, copy: number) => Buffer | undefined,
) {
  return inside(answer, (raw) => {
    const parts: Buffer[] = [];
    for (const { number, whole, content } of partsOf(raw)) {
      if (number !== list.items || !content) parts.push(whole);
      else {
        for (let copy = 0; copy < copies; copy += 1) {
          const item = change(content, copy);
          if (item) parts.push(field(list.items, item));
        }
      }
    }
    return Buffer.concat(parts);
  });
}

/**
 * The lists for a Service of so many thousand pods: the thousand that Endpoints holds, and copies of them with IPs,
 * names and uids of their own. 10.0.0.0/16 is where KWOK's IPs begin, and they stay the first in the order of text.
 */
export function copiesOf({ pods, endpointslices }: Lists, held: ReadonlySet<string>, copies: number): Lists {
  const ip = (copy: number) => textOf((text) => text.replace(/^10\.0\./, `10.${copy}.`));
  const name = (copy: number) => textOf((text) => (copy === 0 ? text : `${text}${copy}`));
  const uid = (copy: number) =>
    textOf((text) => (copy === 0 ? text : text.slice(0, -4) + copy.toString(16).padStart(4, '0')));
  return {
    pods: multiplied(pods, copies, (pod, copy) => {
      if (!held.has(contentAt(pod, [3, 6]).toString())) return undefined;
      return rewritten(pod, {
        1: { [meta.name]: name(copy), [meta.uid]: uid(copy) },
        3: { 6: ip(copy), 12: { 1: ip(copy) } },
      });
    }),
    endpointslices: multiplied(endpointslices, copies, (slice, copy) =>
      rewritten(slice, {
        1: { [meta.name]: name(copy), [meta.uid]: uid(copy) },
        2: (endpoint) =>
          held.has(contentAt(endpoint, [1]).toString())
            ? rewritten(endpoint, {
                1: ip(copy),
                4: { [reference.name]: name(copy), [reference.uid]: uid(copy) },
              })
            : undefined,
      }),
    ),
  };
}
