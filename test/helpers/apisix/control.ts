import { asArray, asRecord, type UnknownRecord } from '../../../source/core/door.ts';
import type { Request } from './admin.ts';
import { controlJson, page, type Answer, type Flavour } from './answer.ts';
import { readCaptured } from './captures.ts';
import { hasDomain, runtimeOf } from './runtime.ts';
import type { Item, Store } from './store.ts';

/** What one health checker of the worker that answers knows. */
export type Checker = {
  readonly resource: 'upstreams' | 'services' | 'routes';
  readonly id: string;
  /** Empty until the first traffic. */
  readonly nodes: readonly CheckedNode[];
};

type CheckedNode = {
  readonly ip: string;
  readonly port: number;
  readonly status: 'healthy' | 'unhealthy' | 'mostly_healthy' | 'mostly_unhealthy';
  readonly counter: Readonly<Record<'success' | 'http_failure' | 'tcp_failure' | 'timeout_failure', number>>;
};

/** The state of the one worker that answers; discovery and resolvers stay out of it. */
export type Worker = {
  readonly checkers: readonly Checker[];
  /** `upstreams/arr`: what it has sent a request through. */
  readonly traffic: ReadonlySet<string>;
  /** The answer of kubernetes discovery, token and all; without it APISIX has none. */
  readonly dump?: unknown;
};

export type ControlOptions = {
  readonly flavour: Flavour;
  readonly store: Pick<Store, 'get' | 'items'>;
  readonly worker: Worker;
};

const plural: Readonly<Record<string, string>> = {
  upstream: 'upstreams',
  service: 'services',
  route: 'routes',
};

/** lua-cjson writes an empty list as an object. */
function orEmptyObject(list: readonly unknown[]): unknown {
  return list.length === 0 ? {} : list;
}

/** 2.15 fails on the functions a worker keeps beside a resolved or checked upstream. */
function isBroken({ flavour, worker }: ControlOptions, resource: string, item: Item): boolean {
  const hasTraffic = worker.traffic.has(`${resource}/${String(item.value['id'])}`);
  return flavour === 'v2' && hasTraffic && (hasDomain(item.value) || 'checks' in item.value);
}

/** `Cannot serialise function`: the answer is nginx's, in chunks. */
function broken(): Answer {
  const headers = { Server: 'openresty', 'Content-Type': 'text/html; charset=utf-8' };
  return { status: 500, headers, body: readCaptured('v2-2.15.3/ctl-upstreams.html') };
}

function resourceAnswer(
  options: ControlOptions,
  resource: string,
  items: readonly Item[],
): Answer | UnknownRecord[] {
  if (items.some((item) => isBroken(options, resource, item))) return broken();
  return items.map((item) => {
    const hasTraffic = options.worker.traffic.has(`${resource}/${String(item.value['id'])}`);
    return runtimeOf(options.flavour, resource, item, hasTraffic);
  });
}

/** 3.x tells per node; 2.15 lists the upstream's nodes, then those that are well. */
function checkerOf({ flavour, store }: ControlOptions, { resource, id, nodes }: Checker): UnknownRecord {
  const key = `/apisix/${resource}/${id}`;
  if (flavour === 'v3') {
    return {
      name: key,
      type: 'http',
      nodes: orEmptyObject(nodes.map((node) => ({ ...node, hostname: node.ip }))),
    };
  }
  const own = store.get(resource, id)?.value;
  const all = asArray(own?.['nodes']).map(asRecord);
  const isWell = ({ host, port }: UnknownRecord): boolean =>
    nodes.some((node) => node.ip === host && node.port === port && !node.status.endsWith('unhealthy'));
  return {
    name: `upstream#${key}`,
    src_type: resource,
    src_id: id,
    nodes: orEmptyObject(all),
    healthy_nodes: orEmptyObject(all.filter(isWell)),
  };
}

function healthcheck(options: ControlOptions, type: string | undefined, id = ''): Answer {
  const { flavour, store, worker } = options;
  const answer = (status: number, value: unknown): Answer => controlJson(flavour, status, value);
  if (type === undefined)
    return answer(200, orEmptyObject(worker.checkers.map((one) => checkerOf(options, one))));
  if (!Object.values(plural).includes(type)) return answer(400, { error_msg: `invalid src type ${type}` });
  if (store.get(type, id) === undefined) return answer(404, { error_msg: `${type}[${id}] not found` });
  const checker = worker.checkers.find((one) => one.resource === type && one.id === id);
  if (checker === undefined) return answer(404, { error_msg: `no checker for ${type}[${id}]` });
  return answer(200, checkerOf(options, checker));
}

/** What the control port answers: it knows no key. */
export function answerControl(options: ControlOptions, { method, path }: Request): Answer {
  const { flavour, store } = options;
  const [version, kind = '', name, id] = path.split('/').slice(1);
  if (method !== 'GET' || version !== 'v1') return page(404);
  if (kind === 'schema') return controlJson(flavour, 200, { main: {}, plugins: {} });
  if (kind === 'plugin_metadatas' && flavour === 'v3') return controlJson(flavour, 200, {});
  if (kind === 'healthcheck') return healthcheck(options, name, id);
  const dump = path === '/v1/discovery/kubernetes/dump' ? options.worker.dump : undefined;
  if (dump !== undefined) return controlJson(flavour, 200, dump);
  const resource = plural[kind];
  if (resource !== undefined && name !== undefined) {
    const item = store.get(resource, name);
    if (item === undefined) return controlJson(flavour, 404, { error_msg: `${kind}[${name}] not found` });
    const answer = resourceAnswer(options, resource, [item]);
    return Array.isArray(answer) ? controlJson(flavour, 200, answer[0]) : answer;
  }
  if (!Object.values(plural).includes(kind)) return page(404);
  const inOrder = store.items(kind).toSorted((a, b) => a.createdIndex - b.createdIndex);
  const answer = resourceAnswer(options, kind, inOrder);
  return Array.isArray(answer) ? controlJson(flavour, 200, orEmptyObject(answer)) : answer;
}
