import { parseJson } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import { parseAnswer, type ApisixAnswer, type ApisixItem } from './answer.ts';
import { adminApi } from './failure.ts';
import type { Answer } from './send.ts';
import type { Transport } from './transport.ts';

/** Which objects. One id costs APISIX 3 ms; the list of all blocks a worker, 0.7 s for 1000 of 100 nodes. */
export type Wanted = { readonly kind: 'ids'; readonly ids: readonly string[] } | { readonly kind: 'all' };

/** What one APISIX told of one kind of its objects. */
export type Reading =
  | {
      readonly state: 'Read';
      readonly items: readonly ApisixItem[];
      /** All objects of every kind came at once: nothing else need be asked. */
      readonly isWhole?: boolean;
    }
  | {
      readonly state: 'Unread';
      readonly reason: string;
      /** There is a server, and nothing where the admin API has its objects. */
      readonly isNoAdmin?: boolean;
    };

/** Kinds of objects that lead to upstreams, or are some. */
export type Resource = 'upstreams' | 'services' | 'routes' | 'stream_routes';

/** APISIX 2.15 says the same of a wrong key and of none. */
const keyWanted = `${adminApi} wants a key, and none was sent (401)`;

/** The objects that are there: an id that APISIX does not have is left out. */
export async function readAdmin(
  transport: Transport,
  key: string | undefined,
  resource: Resource,
  wanted: Wanted,
): Promise<Reading> {
  if (wanted.kind === 'all') return read(transport, key, resource);
  const items: ApisixItem[] = [];
  for (const id of wanted.ids) {
    const reading = await read(transport, key, `${resource}/${encodeURIComponent(id)}`);
    // What fails here is about the API, not about the id: the other ids would fail alike.
    if (reading.state === 'Unread') return reading;
    items.push(...reading.items);
  }
  return { state: 'Read', items };
}

/** The one document of an API-driven standalone APISIX. */
export async function readConfigs(transport: Transport, key: string | undefined): Promise<Reading> {
  const reading = await read(transport, key, 'configs');
  return reading.state === 'Read' ? { ...reading, isWhole: true } : reading;
}

async function read(transport: Transport, key: string | undefined, path: string): Promise<Reading> {
  try {
    const answer = await transport.get(`/apisix/admin/${path}`, key);
    const meaning = meaningOf(answer, transport.source);
    if (meaning.kind === 'items') return { state: 'Read', items: meaning.items };
    const isKeyless = answer.status === 401 && key === undefined;
    const isNoAdmin = answer.status === 404 && parseJson(answer.text) === undefined;
    return {
      state: 'Unread',
      reason: isKeyless ? keyWanted : meaning.reason,
      ...(isNoAdmin && { isNoAdmin }),
    };
  } catch (error) {
    if (!(error instanceof EpsError)) throw error;
    return { state: 'Unread', reason: error.message };
  }
}

function meaningOf({ status, text }: Answer, source: string): ApisixAnswer {
  const answer = parseAnswer(parseJson(text));
  if (answer?.kind === 'items') return answer;
  if (answer) return status === 401 ? answer : error(`${answer.reason} (${status})`);
  if (text.trim() === '') return error(`${adminApi} answered with an empty body (${status})`);
  if (status >= 500) return error(`${adminApi} failed (${status})`);
  const isHtml = text.trimStart().startsWith('<');
  if (isHtml && status === 403) {
    return error(`${adminApi} does not let this address in (403): see allow_admin`);
  }
  if (isHtml)
    return error(`${adminApi} answered with HTML, not JSON (${status}): is ${source} the admin API?`);
  return error(`${adminApi} answered with something that is no whole JSON of its objects (${status})`);
}

function error(reason: string): ApisixAnswer {
  return { kind: 'error', reason };
}
