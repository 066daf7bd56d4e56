import { asArray, asRecord, asText } from '../../../core/door.ts';
import type { Span } from '../../../core/spans.ts';
import type { Kind } from '../kinds.ts';
import type { Listing } from '../listing.ts';
import { protobufType } from '../protobuf/decode.ts';
import { ListReader, type ItemReader } from '../protobuf/list-reader.ts';
import { jsonType, parseAnswer, unreadable } from './parse-answer.ts';
import type { Requester } from './requester.ts';
import type { SinkFor } from './answer.ts';

/** Reads while it comes; what goes wrong is kept until the end. */
function readingAsItComes<Item>(of: ItemReader<Item>, span: Span) {
  let reader: ListReader<Item> | undefined;
  let fail: (() => never) | undefined;
  const sinkFor: SinkFor = ({ status, contentType }) => {
    if (status !== 200 || contentType !== protobufType) return undefined;
    fail = undefined;
    const own = (reader = new ListReader(of));
    return (chunk) => {
      try {
        if (fail) return;
        span('decode', () => {
          own.take(chunk);
        });
      } catch (cause) {
        fail = () => {
          throw cause;
        };
      }
    };
  };
  return {
    sinkFor,
    /** Throws RangeError for what is no list; `undefined` when none came as protobuf. */
    end: (): Listing<Item> | undefined => {
      fail?.();
      return reader?.end();
    },
  };
}

/** A list as protobuf, or as JSON where the server has nothing else, or the kind no `message`. */
export async function askForList<Item>(
  { ask, span }: Pick<Requester, 'ask'> & { readonly span: Span },
  url: URL,
  { message, parse, as }: Pick<Kind<Item>, 'message' | 'parse' | 'as'>,
): Promise<Listing<Item>> {
  const types = message ? [protobufType, jsonType] : [jsonType];
  const made = as === undefined ? [] : types.map((type) => `${type};as=${as};g=meta.k8s.io;v=v1`);
  const accept = [...made, ...types].join(', ');
  const { sinkFor, end } = readingAsItComes({ message: message ?? [], parse }, span);
  const answer = await ask({ url, accept, sinkFor });
  try {
    const listing = end();
    if (listing) return listing;
  } catch (cause) {
    if (cause instanceof RangeError) throw unreadable(url, 'it is cut off, or no protobuf', cause);
    throw cause;
  }
  const { items, metadata } = asRecord(parseAnswer(answer, url));
  return {
    items: asArray(items).map(parse),
    resourceVersion: asText(asRecord(metadata)['resourceVersion']),
  };
}
