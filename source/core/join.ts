import { compareText, sortByAddress, type Address } from './address.ts';
import { configurationOf } from './replicas/configuration.ts';
import { draftRows, type Draft } from './drafts.ts';
import { podState, truthOf, type ComparedLayer, type Expected } from './expected.ts';
import { gatewayPorts, runtimePorts, runtimeUpstreams, type PortState } from './gateway-ports.ts';
import type { Pod } from './kubernetes.ts';
import { expectedUpstream, leewayOf, type Leeway } from './leeway.ts';
import { lackedBySome, servedPorts } from './observed.ts';
import { replicaPorts, type ReplicaPort } from './replicas/ports.ts';
import type { AddressState, LayerName } from './report.ts';
import { expectedProbe, inReplicas, portInReplicas, type PortInReplicas } from './replicas/runtime.ts';
import type { Scope } from './scope.ts';

/** One address of one Service port, side by side in all layers. */
export type Row = {
  /** The Service port's name; empty when unnamed. */
  readonly port: string;
  readonly address: Address;
  /** {@link formatAddress} of `address`. */
  readonly text: string;
  /** The pod that has it; of several the readiest. */
  readonly pod?: Pod | undefined;
  /** All pods that have it: more than one is an address used twice. */
  readonly pods: readonly Pod[];
  /** A layer mentions it more than once. */
  readonly isRepeated: boolean;
  /** From the pod, else from the `targetRef` of a layer. */
  readonly podName?: string | undefined;
  readonly nodeName?: string | undefined;
  readonly zone?: string | undefined;
  readonly expected: Readonly<Record<ComparedLayer, Expected>>;
  /** Layers that are not there have no entry. */
  readonly actual: Readonly<Partial<Record<LayerName, AddressState>>>;
};

export type Join = {
  readonly scope: Scope;
  /** By address, then in the order of the Service's ports. */
  readonly rows: readonly Row[];
  /** By Service port number. */
  readonly gatewayPorts: ReadonlyMap<number, PortState>;
  /** What every pod of the gateway uses; none unless they were asked. */
  readonly replicaPorts: readonly ReplicaPort[];
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

type Actual = Partial<Record<LayerName, AddressState>>;

/** Layers that are not there get no entry. */
function put(actual: Actual, layer: LayerName, state: AddressState | undefined): void {
  if (state !== undefined) actual[layer] = state;
}

/** One Service port in the gateway: as it is configured, and as its pods use it. */
type GatewayPort = {
  /** The Service port's number. */
  readonly number: number;
  readonly state: PortState;
  readonly replicas: PortInReplicas;
};

const noPort: GatewayPort = { number: 0, state: 'None', replicas: portInReplicas(0, 'None', []) };

type Around = {
  readonly leeway: Leeway;
  readonly runtimeLeeway: Leeway;
  readonly isLacked: ReturnType<typeof lackedBySome>;
};

function toRow(
  scope: Scope,
  draft: Draft,
  { number, state, replicas }: GatewayPort,
  { leeway, runtimeLeeway, isLacked }: Around,
): Row {
  const { port, address, text, pod, pods, isRepeated, expected, mention, seen } = draft;
  const inUpstream = expectedUpstream(draft, state, leeway);
  const inRuntime = expectedUpstream(draft, replicas.state, runtimeLeeway);
  const held = inReplicas(replicas, text, inRuntime);
  const lacked = inUpstream === 'Ready' && isLacked(number, text);
  const actual: Actual = {};
  put(actual, 'Pods', podsState(scope, pod));
  put(actual, 'EndpointSlices', stateIn(scope.endpointSlices, seen.EndpointSlices));
  put(actual, 'Endpoints', stateIn(scope.endpoints, seen.Endpoints));
  put(actual, 'Upstream', upstreamState(state, lacked ? 'Absent' : seen.Upstream));
  put(actual, 'Runtime', held.Runtime);
  put(actual, 'HealthCheck', held.HealthCheck);
  const nodeName = pod?.nodeName ?? mention.nodeName;
  const zone = mention.zone ?? scope.nodes?.get(nodeName ?? '')?.zone;
  return {
    port,
    address,
    text,
    pod,
    pods,
    isRepeated,
    podName: pod?.name ?? mention.podName,
    nodeName,
    zone,
    expected: {
      EndpointSlices: expected.EndpointSlices,
      Endpoints: expected.Endpoints,
      Upstream: inUpstream,
      Runtime: inRuntime,
      HealthCheck: expectedProbe(replicas, text),
    },
    actual,
  };
}

/** The layers of one Service side by side, one row an address and Service port. */
export function join(given: Scope): Join {
  const truth = truthOf(given);
  const scope = { ...given, upstreams: configurationOf(given, truth) };
  const ports = gatewayPorts(scope);
  const replicas = replicaPorts(scope);
  const used = runtimePorts(scope, replicas, ports);
  const byName = new Map(
    servedPorts(scope).map(({ name, port }): [string, GatewayPort] => [
      name,
      {
        number: port,
        state: ports.get(port) ?? 'None',
        replicas: portInReplicas(port, used.get(port) ?? 'None', replicas),
      },
    ]),
  );
  const drafts = draftRows(scope, truth, replicas);
  const around = {
    leeway: leewayOf(scope, drafts),
    runtimeLeeway: leewayOf({ ...scope, upstreams: runtimeUpstreams(scope) }, drafts),
    isLacked: lackedBySome(scope),
  };
  const order = new Map(scope.service.ports.map(({ name }, position) => [name, position]));
  const rows = drafts.map((draft) => toRow(scope, draft, byName.get(draft.port) ?? noPort, around));
  const byPort = (a: Row, b: Row) =>
    (order.get(a.port) ?? order.size) - (order.get(b.port) ?? order.size) || compareText(a.port, b.port);
  return {
    scope,
    rows: sortByAddress(rows, ({ address }) => address, byPort),
    gatewayPorts: ports,
    replicaPorts: replicas,
  };
}
