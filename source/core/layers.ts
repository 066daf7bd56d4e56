import { formatAddress } from './address.ts';
import { isTerminal, podState } from './expected.ts';
import type { Join, Row } from './join.ts';
import { summary, type Counts } from './layer-summary.ts';
import { replicaLayers } from './replicas/layers.ts';
import type { LayerSummary } from './report.ts';
import type { Scope } from './scope.ts';
import { itemsOf, type Upstream } from './snapshot.ts';

/** Distinct ip:port that the layer holds, and those of them that are ready. */
function countRows(
  rows: readonly Row[],
  layer: 'EndpointSlices' | 'Endpoints',
): Pick<Counts, 'addresses' | 'ready'> {
  const held = rows.filter(({ actual }) => actual[layer] !== 'Absent');
  const ready = held.filter(({ actual }) => actual[layer] === 'Ready');
  // In the order of addresses: equal ones are neighbours.
  const distinct = (some: readonly Row[]) =>
    some.filter(({ text }, index) => text !== some[index - 1]?.text).length;
  return { addresses: distinct(held), ready: distinct(ready) };
}

function pods({ scope }: Join): Counts {
  const all = itemsOf(scope.pods);
  const ready = all.filter((pod) => podState(pod) === 'Ready' && !isTerminal(pod));
  return { objects: all.length, addresses: all.length, ready: ready.length };
}

/** Distinct nodes of all upstreams; a gateway does not know of readiness. */
function countNodes(upstreams: readonly Upstream[]): Pick<Counts, 'addresses' | 'ready'> {
  const nodes = upstreams.flatMap((one) => itemsOf(one.nodes).map(formatAddress));
  const addresses = new Set(nodes).size;
  return { addresses, ready: addresses };
}

function unseenRoutes({ service, unowned }: Scope): readonly string[] {
  const names = unowned.map(({ name, id }) => name || id).slice(0, 3);
  return unowned.length === 0
    ? []
    : [
        `upstreams named after routes cannot be told apart without the routes of namespace ${service.namespace}: ${names.join(', ')}${unowned.length > 3 ? ' ...' : ''}`,
      ];
}

/** The gateway is Absent without an upstream for the Service, unless one was due; Unread where the nodes are elsewhere. */
function upstream({ scope, gatewayPorts }: Join): LayerSummary {
  const states = [...gatewayPorts.values()];
  const all = itemsOf(scope.upstreams);
  const elsewhere = [
    ...all.flatMap(({ nodes }) => (nodes.state === 'Unread' ? [nodes.reason] : [])),
    ...(all.length === 0 && states.includes('Unread') ? unseenRoutes(scope) : []),
    ...scope.gateways.flatMap(({ name, reason }) => (reason === undefined ? [] : [`${name}: ${reason}`])),
  ];
  const read = states.some((state) => state === 'Judged' || state === 'Partial');
  if (
    scope.upstreams.state === 'Read' &&
    all.length === 0 &&
    elsewhere.length === 0 &&
    !states.includes('NotFound')
  ) {
    return { name: 'Upstream', state: 'Absent' };
  }
  if (scope.upstreams.state === 'Read' && elsewhere.length > 0 && !read) {
    return {
      name: 'Upstream',
      state: 'Unread',
      reason: elsewhere.join('; '),
      source: scope.upstreams.source,
    };
  }
  const whole = summary('Upstream', scope.upstreams, () => ({ objects: all.length, ...countNodes(all) }));
  return elsewhere.length > 0 ? { ...whole, reason: elsewhere.join('; ') } : whole;
}

/** In the order in which truth travels. */
export function summariseLayers(join: Join): readonly LayerSummary[] {
  const { scope, rows } = join;
  return [
    summary('Pods', scope.pods, () => pods(join)),
    summary('EndpointSlices', scope.endpointSlices, () => ({
      objects: itemsOf(scope.endpointSlices).length,
      ...countRows(rows, 'EndpointSlices'),
    })),
    summary('Endpoints', scope.endpoints, () => ({
      objects: itemsOf(scope.endpoints).length,
      ...countRows(rows, 'Endpoints'),
    })),
    upstream(join),
    ...replicaLayers(join),
  ];
}
