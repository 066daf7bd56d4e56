import type { Endpoints, Pod } from '../../source/core/kubernetes.ts';
import type { Layer, Snapshot } from '../../source/core/snapshot.ts';
import { endpoints, ips, pod, pods, read, slice } from './snapshot.ts';

/** IPs that come as text before all of `ips`: the cut of Endpoints takes those first. */
export const crowdIps = (count: number) =>
  Array.from({ length: count }, (_, index) => `1.0.${index >> 8}.${index & 255}`);

export const crowdPods = (count: number): readonly Pod[] =>
  crowdIps(count).map((ip, index) => pod(10_000 + index, { podIPs: [ip] }));

/** An Endpoints of 1000 addresses that says of itself that it is cut: a crowd, and the last ones. */
const cutEndpoints = (kept: readonly string[]): Layer<Endpoints> =>
  read([endpoints([...crowdIps(1000 - kept.length), ...kept], { overCapacity: 'truncated' })]);

/** So many pods beside the crowd, `kept` of which Endpoints has still room for. */
export function cutAfter(
  kept: number,
  count: number,
): Pick<Snapshot, 'pods' | 'endpointSlices' | 'endpoints'> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return {
    pods: read([...crowdPods(1000 - kept), ...pods(count)]),
    endpointSlices: read([slice([...crowdIps(1000 - kept), ...ips(...numbers)])]),
    endpoints: cutEndpoints(ips(...numbers.slice(0, kept))),
  };
}
