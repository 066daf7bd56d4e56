import type { IncomingHttpHeaders } from 'node:http';

import { isRecord, type UnknownRecord } from '../../../source/core/door.ts';
import { adminHeaders, adminJson, omit, page, resourceJson, type Answer, type Flavour } from './answer.ts';
import { refuseKey, type Keys } from './auth.ts';
import { refusalOf, upstreamSchema } from './schema.ts';
import { shapesV2 } from './shapes-v2.ts';
import { shapesV3 } from './shapes-v3.ts';
import type { Item, Store } from './store.ts';

/** One request as it arrived. */
export type Request = {
  readonly method: string;
  /** Decoded path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type AdminOptions = {
  readonly flavour: Flavour;
  readonly keys: Keys;
  readonly store: Store;
  /** Instead of every answer that needs etcd. */
  readonly etcdDown: boolean;
};

const common =
  'routes services upstreams consumers global_rules plugin_configs plugin_metadata consumer_groups secrets';
const resources: Readonly<Record<Flavour, ReadonlySet<string>>> = {
  v3: new Set([...common.split(' '), 'ssls', 'protos']),
  v2: new Set([...common.split(' ').slice(0, -2), 'ssl', 'proto']),
};

/** What the captured servers had loaded. */
const plugins = ['key-auth', 'proxy-rewrite', 'traffic-split', 'redirect'];

/** What a browser's question is answered: `OPTIONS` asks for no key. */
function preflight(flavour: Flavour): Answer {
  const headers = {
    ...adminHeaders(flavour),
    'Content-Type': 'text/plain; charset=utf-8',
    'Access-Control-Allow-Methods': 'POST, GET, PUT, OPTIONS, DELETE, PATCH',
    'Access-Control-Allow-Headers': '*',
    'Content-Length': '0',
  };
  return { status: 200, headers: omit(headers, ['Access-Control-Expose-Headers']), body: '' };
}

function unknownResource(flavour: Flavour, resource: string): Answer {
  const error_msg = flavour === 'v3' ? `Unsupported resource type: ${resource}` : 'not found';
  return adminJson(flavour, 404, { error_msg });
}

/** Schemas stand for themselves only where the tool or the controller looks inside: the upstream's. */
function schemaAnswer(flavour: Flavour, { method, path }: Request): Answer {
  if (path.startsWith('/apisix/admin/schema/validate/')) {
    return flavour === 'v3' && method === 'POST'
      ? { ...adminJson(flavour, 200, {}), body: '' }
      : unknownResource(flavour, 'schema');
  }
  const isUpstream = path === '/apisix/admin/schema/upstream';
  return resourceJson(flavour, 200, isUpstream ? upstreamSchema(flavour) : { type: 'object' });
}

/** Names as a list at `plugins/list`; at `plugins?all=true`, which the ingress controller reads, as keys. */
function pluginsAnswer(flavour: Flavour, { path }: Request): Answer {
  if (path.endsWith('/list')) return adminJson(flavour, 200, plugins);
  return adminJson(flavour, 200, Object.fromEntries(plugins.map((name) => [name, { type: 'object' }])));
}

function parseValue(body: string): UnknownRecord | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The first route, then the first Service, that still points to the object; in the order of creation. */
function userOf(store: Store, resource: string, id: string): string | undefined {
  const field = `${resource.slice(0, -1)}_id`;
  const kinds = resource === 'upstreams' ? ['routes', 'services'] : resource === 'services' ? ['routes'] : [];
  for (const kind of kinds) {
    const users = store.items(kind).filter(({ value }) => String(value[field]) === id);
    const [first] = users.toSorted((a, b) => a.createdIndex - b.createdIndex);
    if (first !== undefined) return `${kind.slice(0, -1)} [${String(first.value['id'])}]`;
  }
  return undefined;
}

/** Reads and writes of one resource, past the key's check. */
function resourceAnswer(
  { flavour, store }: AdminOptions,
  request: Request,
  resource: string,
  id: string,
): Answer {
  const shapes = flavour === 'v3' ? shapesV3 : shapesV2;
  const answer = (status: number, value: unknown): Answer => resourceJson(flavour, status, value);
  const notFound = answer(404, { message: 'Key not found' });

  const read = (): Answer => {
    if (id === '') {
      const list = shapes.list(resource, store.items(resource), request.query);
      return typeof list === 'string' ? { ...answer(400, {}), body: list } : answer(200, list);
    }
    const item = store.get(resource, id);
    const alike = store
      .items(resource)
      .filter(({ key }) => key.startsWith(`/apisix/${resource}/${id}`)).length;
    return item === undefined ? notFound : answer(200, shapes.item(item, alike));
  };

  const write = (method: 'PUT' | 'POST'): Answer => {
    const value = parseValue(request.body);
    const refusal = resource === 'upstreams' ? refusalOf(flavour, value) : undefined;
    if (value === undefined) return answer(400, { error_msg: 'invalid request body' });
    if (refusal !== undefined) return answer(400, { error_msg: `invalid configuration: ${refusal}` });
    const isNew = method === 'POST' || store.get(resource, id) === undefined;
    const item: Item = method === 'POST' ? store.post(resource, value) : store.put(resource, id, value);
    return answer(isNew ? 201 : 200, shapes.written(item, method));
  };

  const remove = (): Answer => {
    const isForced = flavour === 'v3' && request.query.get('force') === 'true';
    const user = isForced ? undefined : userOf(store, resource, id);
    if (user !== undefined) {
      const what = resource === 'services' ? 'service directly' : 'upstream';
      return answer(400, { error_msg: `can not delete this ${what}, ${user} is still using it now` });
    }
    return store.delete(resource, id) ? answer(200, shapes.deleted(`/apisix/${resource}/${id}`)) : notFound;
  };

  if (request.method === 'GET') return read();
  if (request.method === 'PUT' || request.method === 'POST') return write(request.method);
  return request.method === 'DELETE' ? remove() : page(404, adminHeaders(flavour));
}

/** What the admin port answers. */
export function answerAdmin(options: AdminOptions, request: Request): Answer {
  const { flavour } = options;
  if (!/^\/apisix\/admin(\/|$)/.test(request.path)) return page(404);
  if (request.method === 'HEAD' || request.path === '/apisix/admin') return page(404, adminHeaders(flavour));
  if (request.method === 'OPTIONS') return preflight(flavour);
  const refused = refuseKey(flavour, options.keys, request);
  if (refused !== undefined) return refused;
  const [resource = '', id = ''] = request.path.split('/').slice(3);
  if (resource === '' && flavour === 'v3') return page(500, adminHeaders(flavour));
  if (resource === 'schema') return schemaAnswer(flavour, request);
  if (resource === 'plugins') return pluginsAnswer(flavour, request);
  if (resource === 'stream_routes') {
    return adminJson(flavour, 400, { error_msg: 'stream mode is disabled, can not add stream routes' });
  }
  if (!resources[flavour].has(resource)) return unknownResource(flavour, resource);
  if (options.etcdDown)
    return resourceJson(flavour, 503, { error_msg: 'has no healthy etcd endpoint available' });
  return resourceAnswer(options, request, resource, id);
}
