import type { LayerName } from './report.ts';

/** How current what is known of one layer is. */
export type Freshness = {
  readonly layer: LayerName;
  /** Live: a watch is open on it, or the last poll succeeded. */
  readonly state: 'Live' | 'Stale';
  /** RFC 3339: when it was last known to be true; absent when it never was read. */
  readonly at?: string;
  /** It is read now and then, where a watch would tell of each change. */
  readonly isPolled: boolean;
  /** Why it is stale, in the server's words. */
  readonly reason?: string;
};
