import { familyOf, formatAddress, sortByAddress, type Address } from './address.ts';
import { podState, truthOf, type ComparedLayer, type Expected, type ExpectedLayers } from './expected.ts';
import { gatewayPorts, type PortState } from './gateway-ports.ts';
import type { Pod } from './kubernetes.ts';
import { observeEndpoints, observeSlices, observeUpstreams, type Observation } from './observed.ts';
import type { AddressState, LayerName } from './report.ts';
import type { Scope } from './scope.ts';

/** One address of one Service port, side by side in all layers. */
export type Row = {
  /** The Service port's name; empty when unnamed. */
  readonly port: string;
  readonly address: Address;
  /** {@link formatAddress} of `address`. */
  readonly text: string;
  /** The pod that has it; of several the one that is published best. */
  readonly pod?: Pod;
  /** All pods that have it: more than one is an address used twice. */
  readonly pods: readonly Pod[];
  /** From the pod, else from the `targetRef` of a layer. */
  readonly podName?: string;
  readonly nodeName?: string;
  readonly zone?: string;
  readonly expected: ExpectedLayers;
  /** Layers that are not there have no entry. */
  readonly actual: Readonly<Partial<Record<LayerName, AddressState>>>;
};

export type Join = {
  readonly scope: Scope;
  /** By address, then in the order of the Service's ports. */
  readonly rows: readonly Row[];
  /** By Service port number. */
  readonly gatewayPorts: ReadonlyMap<number, PortState>;
};

type Draft = {
  readonly port: string;
  readonly address: Address;
  pod?: Pod;
  readonly pods: Pod[];
  expected: ExpectedLayers;
  readonly seen: Partial<Record<ComparedLayer, AddressState>>;
  readonly mention: { podName?: string; nodeName?: string; zone?: string };
};

/** Of two mentions of an address in a layer the better one counts, as for a consumer that merges them. */
const rank: Readonly<Record<AddressState | Expected, number>> = {
  Present: 5,
  Ready: 4,
  NotReady: 3,
  Terminating: 2,
  Any: 1,
  Absent: 0,
  Unread: 0,
};

function better<State extends AddressState | Expected>(a: State, b: State): State {
  return rank[b] > rank[a] ? b : a;
}

/** Where several mentions of an address disagree, the first in text order is shown: the input's order never counts. */
function remember(known: Draft['mention'], { targetRef, nodeName, zone }: Observation): void {
  const told = { podName: targetRef?.kind === 'Pod' ? targetRef.name : undefined, nodeName, zone };
  for (const key of ['podName', 'nodeName', 'zone'] as const) {
    const value = told[key];
    if (value !== undefined && (known[key] === undefined || value < known[key])) known[key] = value;
  }
}

class Drafts {
  readonly #byKey = new Map<string, Draft>();
  readonly #others: ExpectedLayers;

  constructor(others: ExpectedLayers) {
    this.#others = others;
  }

  at(port: string, address: Address): Draft {
    const key = `${port} ${formatAddress(address)}`;
    const known = this.#byKey.get(key);
    if (known) return known;
    const draft: Draft = { port, address, pods: [], expected: this.#others, seen: {}, mention: {} };
    this.#byKey.set(key, draft);
    return draft;
  }

  observe(layer: ComparedLayer, observations: readonly Observation[]): void {
    for (const observation of observations) {
      const draft = this.at(observation.port, observation.address);
      draft.seen[layer] = better(draft.seen[layer] ?? 'Absent', observation.state);
      remember(draft.mention, observation);
    }
  }

  all(): readonly Draft[] {
    return [...this.#byKey.values()];
  }
}

function draftRows(scope: Scope): readonly Draft[] {
  const { addresses, others } = truthOf(scope);
  const drafts = new Drafts(others);
  for (const { port, address, pod, expected } of addresses) {
    const draft = drafts.at(port, address);
    if (pod) draft.pods.push(pod);
    const first = draft.expected === others;
    if (pod && (first || rank[expected.EndpointSlices] > rank[draft.expected.EndpointSlices]))
      draft.pod = pod;
    draft.expected = first
      ? expected
      : {
          EndpointSlices: better(draft.expected.EndpointSlices, expected.EndpointSlices),
          Endpoints: better(draft.expected.Endpoints, expected.Endpoints),
          Upstream: better(draft.expected.Upstream, expected.Upstream),
        };
  }
  drafts.observe('EndpointSlices', observeSlices(scope));
  drafts.observe('Endpoints', observeEndpoints(scope));
  drafts.observe('Upstream', observeUpstreams(scope));
  return drafts.all();
}

/** An upstream that holds no address of the second family follows the first one only, which is legal. */
function upstreamFamilies(scope: Scope, drafts: readonly Draft[]): (draft: Draft) => boolean {
  const family = scope.service.ipFamilies[0];
  const isSecond = ({ address }: Draft) => {
    const own = familyOf(address.host);
    return own !== undefined && own !== family;
  };
  const mixed = new Set(
    drafts.filter((draft) => draft.seen.Upstream && isSecond(draft)).map(({ port }) => port),
  );
  return (draft) => isSecond(draft) && !mixed.has(draft.port);
}

function expectedUpstream(draft: Draft, state: PortState, optionalFamily: boolean): Expected {
  const { Upstream } = draft.expected;
  if (state === 'None' || state === 'Unread') return 'Any';
  if (familyOf(draft.address.host) === undefined) return 'Any';
  if (Upstream === 'Ready' && (state === 'Partial' || optionalFamily)) return 'Any';
  return Upstream;
}

function podsState(scope: Scope, pod: Pod | undefined): AddressState {
  if (scope.pods.state === 'Unread') return 'Unread';
  return pod ? podState(pod) : 'Absent';
}

/** What a layer holds of an address; `undefined` for a layer that is not there. */
function stateIn(
  layer: { readonly state: string },
  seen: AddressState | undefined,
): AddressState | undefined {
  if (layer.state === 'Absent') return undefined;
  return layer.state === 'Unread' ? 'Unread' : (seen ?? 'Absent');
}

function upstreamState(state: PortState, seen: AddressState | undefined): AddressState | undefined {
  if (state === 'Unread') return 'Unread';
  return state === 'None' ? undefined : (seen ?? 'Absent');
}

function defined<Key extends string, Value>(
  entries: readonly (readonly [Key, Value | undefined])[],
): Partial<Record<Key, Value>> {
  const result: Partial<Record<Key, Value>> = {};
  for (const [key, value] of entries) if (value !== undefined) result[key] = value;
  return result;
}

function toRow(scope: Scope, draft: Draft, state: PortState, optionalFamily: boolean): Row {
  const { port, address, pod, pods, mention, seen } = draft;
  const nodeName = pod?.nodeName ?? mention.nodeName;
  const zone = mention.zone ?? scope.nodes?.get(nodeName ?? '')?.zone;
  return {
    port,
    address,
    text: formatAddress(address),
    ...(pod && { pod }),
    pods,
    ...defined([
      ['podName', pod?.name ?? mention.podName],
      ['nodeName', nodeName],
      ['zone', zone],
    ]),
    expected: { ...draft.expected, Upstream: expectedUpstream(draft, state, optionalFamily) },
    actual: defined([
      ['Pods', podsState(scope, pod)],
      ['EndpointSlices', stateIn(scope.endpointSlices, seen.EndpointSlices)],
      ['Endpoints', stateIn(scope.endpoints, seen.Endpoints)],
      ['Upstream', upstreamState(state, seen.Upstream)],
    ]),
  };
}

/** The layers of one Service side by side, one row an address and Service port. */
export function join(scope: Scope): Join {
  const ports = gatewayPorts(scope);
  const byName = new Map(
    scope.service.ports.map(({ name, port }) => [name, ports.get(port) ?? 'None'] as const),
  );
  const drafts = draftRows(scope);
  const optionalFamily = upstreamFamilies(scope, drafts);
  const order = new Map(scope.service.ports.map(({ name }, position) => [name, position]));
  const rows = drafts
    .map((draft) => toRow(scope, draft, byName.get(draft.port) ?? 'None', optionalFamily(draft)))
    .sort((a, b) => (order.get(a.port) ?? order.size) - (order.get(b.port) ?? order.size));
  return { scope, rows: sortByAddress(rows, ({ address }) => address), gatewayPorts: ports };
}
