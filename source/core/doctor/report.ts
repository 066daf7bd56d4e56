import type { ReportFinding } from '../report.ts';
import type { ComponentFact, ControllerFact, PermissionFact } from './facts.ts';

/** A controller and what it really reads. */
export type ControllerItem = Pick<
  ControllerFact,
  'namespace' | 'name' | 'pods' | 'generation' | 'writesTo'
> & {
  readonly version?: string;
  /** Absent when it could not be told: `unread` says why. */
  readonly reads?: 'Endpoints' | 'EndpointSlices';
  /** What says so. */
  readonly source?: string;
  readonly unread?: string;
};

export type PermissionItem = {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  /** With its subresource: `pods/log`. */
  readonly resource: string;
  /** Empty for all namespaces, and for what has none. */
  readonly namespace: string;
  readonly allowed: PermissionFact['allowed'];
  readonly reason?: string;
  readonly usedBy: readonly string[];
  readonly without: string;
};

/** The output of `doctor`. Documented by schema/report.json. */
export type DoctorReport = {
  readonly apiVersion: 'eps/v1';
  readonly kind: 'DoctorReport';
  /** RFC 3339. */
  readonly observedAt: string;
  readonly versions: readonly ComponentFact[];
  readonly controllers: readonly ControllerItem[];
  readonly permissions: readonly PermissionItem[];
  /** Seconds by which this machine's clock is ahead of the API server's; negative when behind. */
  readonly clockAheadSeconds?: number;
  /** What could not be told, and what else to know. */
  readonly notes: readonly string[];
  readonly findings: readonly ReportFinding[];
};
