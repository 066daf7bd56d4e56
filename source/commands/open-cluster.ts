import { openCluster, type Cluster } from '../sources/kubernetes/connection.ts';
import type { ClusterFlags } from './line/options.ts';
import type { Io } from './command.ts';

/** The cluster of kubectl's flags, until the command is told to stop; close it when done. */
export async function clusterOf(
  flags: ClusterFlags,
  { env, fetch, spans, signal }: Pick<Io, 'env' | 'fetch' | 'spans' | 'signal'>,
): Promise<Cluster> {
  const cluster = await openCluster(flags, env, { span: spans.span, ...(fetch && { fetch }) });
  signal.addEventListener('abort', cluster.close, { once: true });
  return cluster;
}
