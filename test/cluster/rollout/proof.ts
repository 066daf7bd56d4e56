import type { ReportFinding, ServiceReport } from '../../../source/core/report.ts';
import type { Mention } from './facts.ts';
import type { LogEvent } from './watch-log.ts';
import { worldAt, worlds, type World } from './world.ts';

/** The nodes of the Service's upstream from one write of the ingress controller to the next. */
type UpstreamWrite = {
  /** ms since the epoch. */
  readonly time: number;
  /** An IP as often as it is a node. */
  readonly ips: readonly string[];
};

/** What was seen without the plugin. */
export type Evidence = {
  /** In etcd's order. */
  readonly events: readonly LogEvent[];
  /** In the order of time. */
  readonly writes: readonly UpstreamWrite[];
  /** When the plugin asked the gateway for the upstream, in ms since the epoch. */
  readonly reads: readonly number[];
};

type State = Mention['state'] | undefined;

/** Of several mentions of an IP the best one counts. */
function stateOf(mentions: readonly Mention[] = []): State {
  const states = mentions.map(({ state }) => state);
  return (['Ready', 'NotReady', 'Terminating'] as const).find((state) => states.includes(state));
}

/** Where only one of the two is ready, or only one is there. */
function differ(due: State, held: State): boolean {
  return (due === 'Ready') !== (held === 'Ready') || (due === undefined) !== (held === undefined);
}

/** Endpoints leaves terminating pods out. */
function dueInEndpoints({ pods }: World, ip: string): State {
  const state = stateOf(pods.get(ip));
  return state === 'Terminating' ? undefined : state;
}

/** Two pods with it, or two mentions of it where consumers read. */
function isDoubled(world: World, ip: string): boolean {
  return Object.values(world).some((layer) => (layer.get(ip) ?? []).length > 1);
}

/** How many nodes have each IP. */
type Nodes = ReadonlyMap<string, number>;

function countNodes(ips: readonly string[]): Nodes {
  const counts = new Map<string, number>();
  for (const ip of ips) counts.set(ip, (counts.get(ip) ?? 0) + 1);
  return counts;
}

const doubles: ReadonlySet<string> = new Set(['AddressReused', 'DuplicateAddress', 'ContradictoryReadiness']);

/** Whether what a finding says of an IP is so, by the controllers' rules as they are told here once more. */
function holds(world: World, nodes: Nodes, { code, layer }: ReportFinding, ip: string): boolean {
  if (doubles.has(code)) return isDoubled(world, ip);
  const count = nodes.get(ip) ?? 0;
  if (code === 'DuplicateNode') return count > 1;
  switch (layer) {
    case 'EndpointSlices':
      return differ(stateOf(world.pods.get(ip)), stateOf(world.endpointslices.get(ip)));
    case 'Endpoints':
      return differ(dueInEndpoints(world, ip), stateOf(world.endpoints.get(ip)));
    case 'Upstream':
      return (stateOf(world.pods.get(ip)) === 'Ready') !== count > 0;
    case 'Runtime':
    case 'HealthCheck':
    case 'Pods':
    case 'Service':
      return false;
  }
}

const ipOf = (address: string) => address.replace(/:\d+$/, '');

type ReadLayer = 'Pods' | 'EndpointSlices' | 'Endpoints';

/** Of the list that a report was made from, or of the single object. */
function revisionOf({ layers }: ServiceReport, name: ReadLayer): number {
  return Number(layers.find((layer) => layer.name === name)?.resourceVersion);
}

/** The last revision at which all that a finding rests on was as the report says. */
function lastRevision(events: readonly LogEvent[], report: ServiceReport, { layer }: ReportFinding): number {
  const pods = revisionOf(report, 'Pods');
  if (layer === 'EndpointSlices') return Math.min(pods, revisionOf(report, layer));
  if (layer !== 'Endpoints') return pods;
  const next = events.find(
    ({ resource, revision }) => resource === 'endpoints' && revision > revisionOf(report, layer),
  );
  return Math.min(pods, (next?.revision ?? Infinity) - 1);
}

/** The nodes from one moment to another: those that were there, and those that were written in between. */
function nodesWithin(writes: readonly UpstreamWrite[], since: number, until: number): readonly Nodes[] {
  const before = writes.findLast(({ time }) => time <= since);
  const within = writes.filter(({ time }) => time > since && time <= until);
  return [before?.ips ?? [], ...within.map(({ ips }) => ips)].map(countNodes);
}

/** From a change to the watch's word of it, in ms, at most: what was heard until then had happened by `since`. */
const delay = 500;

/** The addresses of a finding that were not as it says all the time from its confirmation's `since` to its last reading. */
export function unproved(
  { events, writes, reads }: Evidence,
  report: ServiceReport,
  finding: ReportFinding,
): readonly string[] {
  const since = Date.parse(finding.confirmation?.since ?? report.observedAt);
  const last = lastRevision(events, report, finding);
  const heard = events.filter(({ time }) => time <= since + delay).map(({ revision }) => revision);
  const first = Math.min(last, Math.max(...heard));
  const read = reads.findLast((time) => time <= Date.parse(report.observedAt)) ?? since;
  const upstreams = nodesWithin(writes, since, read);
  const all = worlds(events, first, last);
  return finding.addresses.filter((address) =>
    all.some((world) => upstreams.some((nodes) => !holds(world, nodes, finding, ipOf(address)))),
  );
}

/** IPs that are due in Endpoints and not there, at the revisions that a report was made from; in the order of text. */
export function cutAt(events: readonly LogEvent[], report: ServiceReport): readonly string[] {
  const due = worldAt(events, revisionOf(report, 'Pods'));
  const { endpoints } = worldAt(events, revisionOf(report, 'Endpoints'));
  return [...due.pods.keys()].filter((ip) => dueInEndpoints(due, ip) && !endpoints.has(ip)).sort();
}
