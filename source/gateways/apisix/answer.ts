import { asArray, asNumber, asRecord, asText, isRecord, type UnknownRecord } from '../../core/door.ts';

/** One object of the admin API. */
export type ApisixItem = {
  /** `upstreams`, `routes`, `services` ...: the last but one segment of its etcd key. */
  readonly resource: string;
  readonly id: string;
  readonly value: unknown;
};

/** What an answer of the admin API says, whatever its version. */
export type ApisixAnswer =
  | { readonly kind: 'items'; readonly items: readonly ApisixItem[] }
  | { readonly kind: 'error'; readonly reason: string };

/** A number or text: `id` and `upstream_id` may be either. */
export function asId(value: unknown): string {
  const number = asNumber(value);
  return number === undefined ? asText(value) : String(number);
}

function parseItem(item: unknown): readonly ApisixItem[] {
  const { key, value } = asRecord(item);
  const [id = '', resource = ''] = asText(key).split('/').reverse();
  return isRecord(value) && resource !== '' ? [{ resource, id: asId(value['id']) || id, value }] : [];
}

/** v3: `{total, list}`; an empty page has `"list":{}`. A single object is the bare item. */
function parseV3(answer: UnknownRecord): readonly ApisixItem[] | undefined {
  if ('list' in answer && 'total' in answer) return asArray(answer['list']).flatMap(parseItem);
  return 'key' in answer && 'value' in answer ? parseItem(answer) : undefined;
}

/** v3 with `page` and `page_size`: `total` counts the objects of all pages. */
function pageReason(answer: UnknownRecord): string | undefined {
  const total = asNumber(answer['total']) ?? 0;
  const count = asArray(answer['list']).length;
  return 'list' in answer && total > count
    ? `the APISIX admin API was asked for one page: ${count} of ${total} objects`
    : undefined;
}

/** v2 (APISIX 2.x): `{action, node: {dir, nodes}}` or `{action, node: {key, value}}`. */
function parseV2(answer: UnknownRecord): readonly ApisixItem[] | undefined {
  const { node } = answer;
  if (!isRecord(node)) return undefined;
  return node['dir'] === true ? asArray(node['nodes']).flatMap(parseItem) : parseItem(node);
}

/** JSON in base64; of the recordings that people make already decoded. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.startsWith('/') ? value : Buffer.from(value, 'base64').toString('utf8');
  try {
    return text.startsWith('{') ? JSON.parse(text) : text;
  } catch {
    return undefined;
  }
}

/** A range of etcd's keys: `{header, kvs, count}`; without any key `{header}`. */
function parseRange(answer: UnknownRecord): readonly ApisixItem[] | undefined {
  if (!('revision' in asRecord(answer['header']))) return undefined;
  return asArray(answer['kvs'])
    .map(asRecord)
    .flatMap(({ key, value }) => parseItem({ key: decoded(key), value: decoded(value) }));
}

/** API-driven standalone: one object of resource arrays with a `*_conf_version` each. */
function parseStandalone(answer: UnknownRecord): readonly ApisixItem[] | undefined {
  if (!('upstreams_conf_version' in answer)) return undefined;
  return Object.entries(answer).flatMap(([resource, items]) =>
    asArray(items).map((value) => ({ resource, id: asId(asRecord(value)['id']), value })),
  );
}

function errorReason(answer: UnknownRecord): string | undefined {
  const message = asText(answer['error_msg']);
  const description = asText(answer['description']);
  if (message === '') return undefined;
  if (message !== 'failed to check token') return `the APISIX admin API answered: ${message}`;
  if (description === 'missing apikey') return 'the APISIX admin API wants a key, and none was sent (401)';
  return 'the APISIX admin API refused the key (401)';
}

/** Of a document that it could not take in a standalone APISIX shows nothing either, while its workers go on. */
const emptyStandalone =
  'the standalone APISIX shows no configuration: none has come since its start, or it was too big to keep';

/** A list of the control API: the objects as a worker has them, and nothing about them. */
function parseControlList(answer: readonly unknown[]): readonly ApisixItem[] | undefined {
  const items = answer.flatMap(parseItem);
  return answer.length > 0 && items.length === answer.length ? items : undefined;
}

/** Recognises an answer of the admin API, or a list of the control API, by its shape; `undefined` when it is something else. */
export function parseAnswer(value: unknown): ApisixAnswer | undefined {
  if (Array.isArray(value)) {
    const listed = parseControlList(value);
    return listed && { kind: 'items', items: listed };
  }
  if (!isRecord(value)) return undefined;
  const page = pageReason(value);
  if (page !== undefined) return { kind: 'error', reason: page };
  const items = parseV3(value) ?? parseV2(value) ?? parseRange(value);
  if (items) return { kind: 'items', items };
  const whole = parseStandalone(value);
  if (whole)
    return whole.length > 0 ? { kind: 'items', items: whole } : { kind: 'error', reason: emptyStandalone };
  if (value['message'] === 'Key not found') return { kind: 'items', items: [] };
  const reason = errorReason(value);
  return reason === undefined ? undefined : { kind: 'error', reason };
}
