import type { Route, Service } from '../../../core/kubernetes.ts';

/** What the cluster knows, to tell whose an upstream is. */
export type Known = {
  readonly services: readonly Service[];
  readonly routes: readonly Route[];
  /** `services` are all there are in the cluster: an upstream for another one is orphaned. */
  readonly isWhole?: boolean;
};
