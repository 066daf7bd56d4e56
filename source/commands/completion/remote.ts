import { asArray, asRecord, asText } from '../../core/door.ts';
import { itemsOf, type Upstream } from '../../core/snapshot.ts';
import type { Cluster } from '../../sources/kubernetes/connection.ts';
import { loadKubeconfig } from '../../sources/kubernetes/connection/kubeconfig.ts';
import { kinds } from '../../sources/kubernetes/kinds.ts';
import { listPath } from '../../sources/kubernetes/paths.ts';
import type { Io } from '../command.ts';
import { openGatewayReader } from '../gateway.ts';
import { clusterOf } from '../open-cluster.ts';
import { flagName } from '../line/flag.ts';
import { commandFlags, liveFlags } from '../line/flags.ts';
import { gatewayOptions } from '../line/gateway-options.ts';
import type { Line } from '../line/normalise.ts';
import { typed } from '../line/typed.ts';
import type { Choice, Remote } from './wanted.ts';

const live = new Set(Object.keys(liveFlags).map(flagName));

/** What reaches a cluster and its gateway, of what was typed so far. */
async function reachOf({ flags, args }: Line) {
  const reaching = flags.filter((flag) => live.has(flag.replace(/^--([^=]*)=.*$/s, '$1')));
  return (await typed({ flags: reaching, args }, commandFlags.upstream)).flags;
}

type Reach = Awaited<ReturnType<typeof reachOf>>;

async function namesAt(cluster: Cluster, path: string): Promise<readonly Choice[]> {
  const { items } = asRecord(await cluster.get(path));
  return asArray(items).map((item) => ({ word: asText(asRecord(asRecord(item)['metadata'])['name']) }));
}

function services(cluster: Cluster): Promise<readonly Choice[]> {
  return namesAt(cluster, listPath(kinds.services, cluster.namespace));
}

function choiceOf({ id, name }: Upstream): Choice {
  return { word: id, ...(name !== '' && { about: name }) };
}

async function upstreamIds(cluster: Cluster, reach: Reach, { env }: Io): Promise<readonly Choice[]> {
  const silent = { env, notice: () => undefined, everything: true };
  const gateways = await openGatewayReader(cluster, gatewayOptions(reach), silent);
  try {
    const { upstreams } = await gateways.read({ services: [], routes: [] });
    return itemsOf(upstreams).map(choiceOf);
  } finally {
    gateways.close();
  }
}

async function asked(remote: Remote, cluster: Cluster, reach: Reach, io: Io): Promise<readonly Choice[]> {
  if (remote === 'namespaces') return namesAt(cluster, '/api/v1/namespaces');
  if (remote === 'services') return services(cluster);
  const found = await Promise.allSettled([upstreamIds(cluster, reach, io), services(cluster)]);
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

/** What a kubeconfig, or the cluster and the gateway of the line, know; throws what reading them throws. */
export async function remoteChoices(remote: Remote, line: Line, io: Io): Promise<readonly Choice[]> {
  const reach = await reachOf(line);
  if (remote === 'contexts' || remote === 'clusters' || remote === 'users') {
    return [...loadKubeconfig(reach.kubeconfig, io.env)[remote].keys()].map((word) => ({ word }));
  }
  const cluster = await clusterOf(reach, io);
  try {
    return await asked(remote, cluster, reach, io);
  } finally {
    cluster.close();
  }
}
