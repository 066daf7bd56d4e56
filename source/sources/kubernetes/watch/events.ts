import { asRecord, asText } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import { parseJsonValues } from '../../text/json.ts';
import { apiError } from '../api-error.ts';
import type { Cluster } from '../connection.ts';
import type { Kind } from '../kinds.ts';
import { selectorsOf, type Selection } from '../layer.ts';
import { annotationsOf, partsOf } from '../objects/meta.ts';
import { listPath } from '../paths.ts';
import { decodeProtobuf, protobufType } from '../protobuf/decode.ts';
import { bookmark, watchEvent } from '../protobuf/meta.ts';
import { readMessage } from '../protobuf/read-message.ts';
import { framesOf, lengthDelimited, lines } from './frames.ts';

/** What happened to one object, or a bookmark: nothing up to a resourceVersion. */
export type WatchEvent<Item> = { readonly resourceVersion: string } & (
  | { readonly type: 'Set' | 'Deleted'; readonly item: Item }
  /** `isInitialEnd`: all that was there before has been told. */
  | { readonly type: 'Bookmark'; readonly isInitialEnd: boolean }
);

type Parse<Item> = (frame: Buffer) => WatchEvent<Item>;

function eventOf<Item>({ parse }: Kind<Item>, type: string, object: unknown): WatchEvent<Item> {
  const { metadata } = partsOf(object);
  const resourceVersion = asText(metadata['resourceVersion']);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return { type: 'Set', item: parse(object), resourceVersion };
    case 'DELETED':
      return { type: 'Deleted', item: parse(object), resourceVersion };
    case 'BOOKMARK': {
      const isInitialEnd = annotationsOf(metadata)['k8s.io/initial-events-end'] === 'true';
      return { type: 'Bookmark', isInitialEnd, resourceVersion };
    }
    case 'ERROR':
      throw apiError(Number(asRecord(object)['code']), object);
    default:
      throw new RangeError(`there is no event of type "${type}"`);
  }
}

function parseJson<Item>(kind: Kind<Item>): Parse<Item> {
  return (frame) => {
    const json = parseJsonValues(frame.toString('utf8'));
    const { type, object } = asRecord(json.state === 'Values' ? json.values[0] : undefined);
    return eventOf(kind, asText(type), object);
  };
}

function parseProtobuf<Item>(kind: Kind<Item>): Parse<Item> {
  return (frame) => {
    const { type, object } = readMessage(frame, watchEvent);
    const { raw } = asRecord(object);
    const bytes = Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
    const message = type === 'BOOKMARK' ? bookmark : (kind.message ?? []);
    return eventOf(kind, asText(type), decodeProtobuf(bytes, message));
  };
}

/** As many events at a time as have come together. */
export type Watch<Item> = AsyncIterable<readonly WatchEvent<Item>[]>;

export type WatchRequest = {
  /** From where on: a `resourceVersion`, or `sendInitialEvents`. */
  readonly query: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

/** Everything that happens to the objects of a selection; resolves when the server has begun to tell. */
export async function openWatch<Item>(
  cluster: Pick<Cluster, 'stream'>,
  kind: Kind<Item>,
  selection: Selection,
  { query, signal }: WatchRequest,
): Promise<Watch<Item>> {
  const path = listPath(kind, selection.namespace);
  const asked = { watch: 'true', allowWatchBookmarks: 'true', ...selectorsOf(selection), ...query };
  const accept = kind.message ? `${protobufType}, application/json` : 'application/json';
  const { contentType, body } = await cluster.stream(path, asked, { accept, signal });
  const isProtobuf = contentType.startsWith(protobufType);
  const frames = framesOf(body, isProtobuf ? lengthDelimited : lines);
  return parsed(frames, isProtobuf ? parseProtobuf(kind) : parseJson(kind), path);
}

async function* parsed<Item>(
  batches: AsyncIterable<readonly Buffer[]>,
  parse: Parse<Item>,
  path: string,
): AsyncGenerator<readonly WatchEvent<Item>[]> {
  const events: WatchEvent<Item>[] = [];
  try {
    for await (const frames of batches) {
      for (const frame of frames) events.push(parse(frame));
      yield events.splice(0);
    }
  } catch (cause) {
    // What was told before an error holds.
    if (events.length > 0) yield events;
    if (!(cause instanceof RangeError)) throw cause;
    throw new EpsError(`cannot read the watch of ${path}: ${cause.message}`, { cause });
  }
}
