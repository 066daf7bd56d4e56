import { together } from '../../source/core/gateways/together.ts';
import { judge } from '../../source/core/judge.ts';
import type { ServiceReport } from '../../source/core/report.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import { endpoints, ips, pods, read, slice, snapshot, upstream } from './snapshot.ts';

/** The report of a Snapshot's only Service. */
export function reportOf(layers: Partial<Snapshot>): ServiceReport {
  const whole = snapshot(layers);
  const [report] = judge(whole, itemsOf(whole.services));
  if (!report) throw new Error('no report');
  return report;
}

/** Codes and addresses of what makes it Drift. */
export const drift = (report: ServiceReport) =>
  report.findings
    .filter(({ severity }) => severity !== 'Info')
    .map(({ code, addresses }) => [code, addresses]);
export const at = (...last: readonly number[]) => ips(...last).map((ip) => `${ip}:8080`);

/** Three ready pods that both Kubernetes layers hold. */
export const agreed = {
  pods: read(pods(3)),
  endpointSlices: read([slice(ips(1, 2, 3))]),
  endpoints: read([endpoints(ips(1, 2, 3))]),
};

/** Two gateways that serve the Service: `internal` lacks the last address. */
export function twoGateways(): ServiceReport {
  const told = [
    { gateway: 'edge', upstreams: read([upstream(ips(1, 2, 3))]) },
    { gateway: 'internal', upstreams: read([upstream(ips(1, 2))]) },
  ].map((one) => ({ ...one, replicas: { state: 'Absent' } as const }));
  return reportOf({ ...agreed, ...together(told) });
}
