import type { Freshness } from '../core/freshness.ts';
import type { ClusterEvent, Service } from '../core/kubernetes.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { KindRead } from '../views/ui/loading/loading.ts';
import type { Io } from './command.ts';
import { openClusterReader } from './from-cluster.ts';
import { snapshotFromFiles } from './from-files.ts';
import type { ReadOptions } from './line/options.ts';
import { selectServices } from './select-services.ts';

export type Reading = {
  readonly snapshot: Snapshot;
  /** Those that were asked for, by namespace and name. */
  readonly services: readonly Service[];
};

/** Services again, without what no rollout changes: that stays as it was before. */
export type ReadAgain = (services: readonly Service[], before: Snapshot) => Promise<Reading>;

/** What is known of a Service at one moment while it is followed. */
export type Moment = Reading & { readonly freshness: readonly Freshness[] };

/**
 * Keeps Services in step with the cluster and the gateway; a value after each change, coalesced, and at least every
 * 5 s. Ends with the signal.
 */
export type Follow = (signal: AbortSignal) => AsyncIterable<Moment>;

export type Reader = {
  readonly read: () => Promise<Reading>;
  /** How far that is. Absent for files. */
  readonly kinds?: () => readonly KindRead[];
  /** Absent for files, which do not change. */
  readonly again?: ReadAgain;
  /** Absent for files. */
  readonly follow?: Follow;
  /** What the cluster recorded about a Service and its pods, the newest first. Absent for files. */
  readonly events?: (service: Service) => Promise<readonly ClusterEvent[]>;
  /** Where nothing was found: `default`, or empty for all namespaces. */
  readonly namespace: string;
  readonly close: () => void;
};

/** What `--from` or the cluster flags point at. Close it when done. */
export async function openReader(options: ReadOptions, io: Io): Promise<Reader> {
  const { from } = options;
  if (from.kind === 'Cluster') return openClusterReader(options, from, io);
  const read = async () => {
    const isNamed = options.services.kind === 'Names';
    const snapshot = await snapshotFromFiles(from.paths, io, { isNamed });
    return { snapshot, services: selectServices(snapshot, options) };
  };
  return { read, namespace: options.namespace, close: () => undefined };
}
