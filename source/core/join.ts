import { compareText, formatAddress, sortByAddress, type Address } from './address.ts';
import { draftRows, type Draft } from './drafts.ts';
import { podState, type ExpectedLayers } from './expected.ts';
import { gatewayPorts, type PortState } from './gateway-ports.ts';
import type { Pod } from './kubernetes.ts';
import { expectedUpstream, leewayOf, type Leeway } from './leeway.ts';
import { lackedBySome } from './observed.ts';
import type { AddressState, LayerName } from './report.ts';
import type { Scope } from './scope.ts';

/** One address of one Service port, side by side in all layers. */
export type Row = {
  /** The Service port's name; empty when unnamed. */
  readonly port: string;
  readonly address: Address;
  /** {@link formatAddress} of `address`. */
  readonly text: string;
  /** The pod that has it; of several the readiest. */
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

type OfPort = { readonly state: PortState; readonly leeway: Leeway; readonly isLacked: boolean };

function toRow(scope: Scope, draft: Draft, { state, leeway, isLacked }: OfPort): Row {
  const { port, address, pod, pods, mention, seen } = draft;
  const upstream = expectedUpstream(draft, state, leeway);
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
    expected: { ...draft.expected, Upstream: upstream },
    actual: defined([
      ['Pods', podsState(scope, pod)],
      ['EndpointSlices', stateIn(scope.endpointSlices, seen.EndpointSlices)],
      ['Endpoints', stateIn(scope.endpoints, seen.Endpoints)],
      ['Upstream', upstreamState(state, upstream === 'Ready' && isLacked ? 'Absent' : seen.Upstream)],
    ]),
  };
}

/** The layers of one Service side by side, one row an address and Service port. */
export function join(scope: Scope): Join {
  const ports = gatewayPorts(scope);
  const numbers = new Map(scope.service.ports.map(({ name, port }) => [name, port]));
  const isLacked = lackedBySome(scope);
  const drafts = draftRows(scope);
  const leeway = leewayOf(scope, drafts);
  const order = new Map(scope.service.ports.map(({ name }, position) => [name, position]));
  const rows = drafts
    .map((draft) => {
      const number = numbers.get(draft.port) ?? 0;
      return toRow(scope, draft, {
        state: ports.get(number) ?? 'None',
        leeway,
        isLacked: isLacked(number, formatAddress(draft.address)),
      });
    })
    .sort(
      (a, b) =>
        (order.get(a.port) ?? order.size) - (order.get(b.port) ?? order.size) || compareText(a.port, b.port),
    );
  return { scope, rows: sortByAddress(rows, ({ address }) => address), gatewayPorts: ports };
}
