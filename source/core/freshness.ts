import type { LayerName } from './report.ts';

/** How current what is known of one layer is. */
export type Freshness = {
  readonly layer: LayerName;
  /** Live: a watch is open on it, or the last poll succeeded. */
  readonly state: 'Live' | 'Stale';
  /** RFC 3339: when it was last known to be true. */
  readonly at: string;
  /** Why it is stale, in the server's words. */
  readonly reason?: string;
};
