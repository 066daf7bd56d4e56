import { formatAddress, parseAddress, type Address } from './address.ts';
import { podState, type ComparedLayer, type Expected, type ExpectedLayers, type Truth } from './expected.ts';
import type { Pod } from './kubernetes.ts';
import {
  observeEndpoints,
  observeSlices,
  observeUpstreams,
  servedPorts,
  type Observation,
} from './observed.ts';
import type { ReplicaPort } from './replicas/ports.ts';
import type { AddressState } from './report.ts';
import type { Scope } from './scope.ts';

/** A row in the making: what the truth says of an address, and what the layers were seen to hold of it. */
export type Draft = {
  readonly port: string;
  readonly address: Address;
  /** {@link formatAddress} of `address`. */
  readonly text: string;
  pod?: Pod;
  readonly pods: Pod[];
  expected: ExpectedLayers;
  readonly seen: Partial<Record<ComparedLayer, AddressState>>;
  /** A layer mentions it more than once. */
  isRepeated: boolean;
  readonly mention: { podName?: string; nodeName?: string; zone?: string };
};

/** Of two mentions of an address in a layer the better one counts, as for a consumer that merges them. */
const rank: Readonly<Record<AddressState | Expected, number>> = {
  Present: 5,
  Ready: 4,
  NotReady: 3,
  Terminating: 2,
  Unready: 1,
  Any: 1,
  Absent: 0,
  Unread: 0,
};

function better<State extends AddressState | Expected>(a: State, b: State): State {
  return rank[b] > rank[a] ? b : a;
}

/** Where several mentions of an address disagree, the first in text order is shown: the input's order never counts. */
function remember(known: Draft['mention'], { where }: Observation): void {
  if (!where) return;
  const { targetRef, nodeName, zone } = where;
  if (targetRef?.kind === 'Pod') rememberOne(known, 'podName', targetRef.name);
  rememberOne(known, 'nodeName', nodeName);
  rememberOne(known, 'zone', zone);
}

function rememberOne(known: Draft['mention'], key: keyof Draft['mention'], value: string | undefined): void {
  const earlier = known[key];
  if (value !== undefined && (earlier === undefined || value < earlier)) known[key] = value;
}

class Drafts {
  /** Few share a host: the ports of a pod. */
  readonly #byHost = new Map<string, Draft[]>();
  readonly #others: ExpectedLayers;

  constructor(others: ExpectedLayers) {
    this.#others = others;
  }

  at(port: string, address: Address): Draft {
    const ofHost = this.#byHost.get(address.host);
    const known = ofHost?.find((draft) => draft.port === port && draft.address.port === address.port);
    if (known) return known;
    const draft: Draft = {
      port,
      address,
      text: formatAddress(address),
      pods: [],
      expected: this.#others,
      seen: {},
      isRepeated: false,
      mention: {},
    };
    if (ofHost) ofHost.push(draft);
    else this.#byHost.set(address.host, [draft]);
    return draft;
  }

  observe(layer: ComparedLayer, observations: readonly Observation[]): void {
    for (const observation of observations) {
      const draft = this.at(observation.port, observation.address);
      const earlier = draft.seen[layer];
      draft.isRepeated ||= earlier !== undefined;
      draft.seen[layer] = better(earlier ?? 'Absent', observation.state);
      remember(draft.mention, observation);
    }
  }

  all(): readonly Draft[] {
    return [...this.#byHost.values()].flat();
  }
}

/** One draft an address and Service port, in no order. */
export function draftRows(
  scope: Scope,
  { addresses, others }: Truth,
  replicas: readonly ReplicaPort[],
): readonly Draft[] {
  const drafts = new Drafts(others);
  for (const { port, address, pod, expected } of addresses) {
    const draft = drafts.at(port, address);
    if (pod) draft.pods.push(pod);
    if (pod && (!draft.pod || rank[podState(pod)] > rank[podState(draft.pod)])) draft.pod = pod;
    draft.expected =
      draft.expected === others
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
  const names = new Map(servedPorts(scope).map(({ name, port }) => [port, name]));
  for (const { port, used, probed } of replicas) {
    for (const text of [...(used ?? []), ...(probed ?? [])]) {
      drafts.at(names.get(port) ?? '', parseAddress(text));
    }
  }
  return drafts.all();
}
