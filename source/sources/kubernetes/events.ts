import { asNumber, asRecord, asText } from '../../core/door.ts';
import type { ClusterEvent, Service } from '../../core/kubernetes.ts';
import type { Cluster } from './connection.ts';
import { kinds, type Kind } from './kinds.ts';
import { list } from './layer.ts';
import { podsOf } from './selections.ts';

/** A v1 Event: written once with a count, or as a series of the newer API. */
function parseEvent(value: unknown): ClusterEvent {
  const event = asRecord(value);
  const { kind, name } = asRecord(event['involvedObject']);
  const series = asRecord(event['series']);
  const times = [series['lastObservedTime'], event['lastTimestamp'], event['eventTime']].map(asText);
  const created = asText(asRecord(event['metadata'])['creationTimestamp']);
  return {
    at: times.find((time) => time !== '') ?? created,
    type: asText(event['type']),
    reason: asText(event['reason']),
    object: `${asText(kind)}/${asText(name)}`,
    message: asText(event['message']),
    count: asNumber(series['count']) ?? asNumber(event['count']) ?? 1,
  };
}

const events: Kind<ClusterEvent> = { root: '/api/v1', plural: 'events', parse: parseEvent };

/** What was written down about the objects of these names, the newest first. Throws what reading throws. */
async function readEvents(
  cluster: Pick<Cluster, 'list'>,
  namespace: string,
  names: readonly string[],
): Promise<readonly ClusterEvent[]> {
  const { items } = await list(cluster, events, { namespace });
  const wanted = new Set(names);
  return items
    .filter(({ object }) => wanted.has(object.slice(object.indexOf('/') + 1)))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Of a Service and of the pods that it has now. */
export async function readEventsOf(
  cluster: Pick<Cluster, 'list'>,
  service: Service,
): Promise<readonly ClusterEvent[]> {
  const { namespace, name } = service;
  const selection = podsOf({ kind: 'names', namespace, names: [name] }, [service]);
  const pods = selection ? (await list(cluster, kinds.pods, selection)).items : [];
  return readEvents(cluster, namespace, [name, ...pods.map((pod) => pod.name)]);
}
