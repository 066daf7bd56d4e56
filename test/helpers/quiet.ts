import { confirm, nothingSeen, settling } from '../../source/core/confirm.ts';
import { judge } from '../../source/core/judge.ts';
import type { Endpoints, EndpointSlice, Pod, Service } from '../../source/core/kubernetes.ts';
import { isQuiet } from '../../source/core/quiet.ts';
import type { ReportFinding } from '../../source/core/report.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Snapshot, type Upstream } from '../../source/core/snapshot.ts';
import * as make from './snapshot.ts';
import { ips, read } from './snapshot.ts';

/** The server's clock, and what is a minute old by it. */
export const serverTime = '2026-01-01T00:00:00.000Z';
export const changedAt = '2025-12-31T23:59:00Z';

/* What has not changed for 60 s. */
export const service = (changes: Partial<Service> = {}) => make.service({ changedAt, ...changes });
export const pod = (number: number, changes: Partial<Pod> = {}) =>
  make.pod(number, { changedAt, ...changes });
export const slice = (addresses: readonly string[], changes: Partial<EndpointSlice> = {}) =>
  make.slice(addresses, { changedAt, ...changes });
export const endpoints = (addresses: readonly string[], changes: Partial<Endpoints> = {}) =>
  make.endpoints(addresses, { changedAt, ...changes });
export const upstream = (addresses: readonly string[], changes: Partial<Upstream> = {}) =>
  make.upstream(addresses, { updatedAt: changedAt, ...changes });

/** Two ports of a Service, and of a pod that slices and Endpoints have. */
export const twoPorts = [
  { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
  { name: 'admin', port: 81, protocol: 'TCP', targetPort: 8081 },
];
const ports = [
  { name: 'http', port: 8080, protocol: 'TCP' },
  { name: 'admin', port: 8081, protocol: 'TCP' },
];
export const published = {
  endpointSlices: read([slice(ips(1), { ports })]),
  endpoints: read([
    endpoints([], { subsets: [{ addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [], ports }] }),
  ]),
};

export type Seen = {
  readonly settling: readonly ReportFinding[];
  /** Of these findings; of all unless told otherwise. */
  readonly isQuiet: (findings?: readonly ReportFinding[]) => boolean;
};

/** What is settling after one reading of shop/web, and whether a second one need not wait. */
export function seenIn(whole: Snapshot): Seen {
  const scopeOf = indexScopes(whole);
  const own = itemsOf(whole.services).filter(({ namespace, name }) => namespace === 'shop' && name === 'web');
  const [report] = judge(whole, own, scopeOf);
  if (!own[0] || !report) throw new Error('no report');
  const scope = scopeOf(own[0]);
  const confirmed = confirm(scope, report, nothingSeen).report;
  return {
    settling: settling(confirmed),
    isQuiet: (findings = confirmed.findings) => isQuiet(scope, { ...confirmed, findings }, whole.serverTime),
  };
}
