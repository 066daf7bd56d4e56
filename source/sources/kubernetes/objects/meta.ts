import { asArray, asLabels, asNumber, asRecord, asText, isRecord, optional } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import { timeText } from '../time.ts';
import type { EndpointPort, Labels, ObjectMeta, TargetRef } from '../../../core/kubernetes.ts';

/** The parts that every Kubernetes object has, each empty where the object lacks it. */
export function partsOf(object: unknown): Readonly<Record<'metadata' | 'spec' | 'status', UnknownRecord>> {
  const { metadata, spec, status } = asRecord(object);
  return { metadata: asRecord(metadata), spec: asRecord(spec), status: asRecord(status) };
}

/** `metadata` of a namespaced object; a manifest that names no namespace means `default`, as for kubectl. */
export function parseMeta(metadata: UnknownRecord): ObjectMeta {
  const changedAt = parseChange(metadata);
  return {
    namespace: asText(metadata['namespace']) || 'default',
    name: asText(metadata['name']),
    uid: asText(metadata['uid']),
    resourceVersion: asText(metadata['resourceVersion']),
    // There are thousands of them, as of endpoints.
    ...(changedAt !== '' && { changedAt }),
  };
}

/** The server writes all times alike, to the second in UTC: the newest is the greatest text. */
function parseChange(metadata: UnknownRecord): string {
  let newest = '';
  for (const entry of asArray(metadata['managedFields'])) {
    const time = asText(asRecord(entry)['time']);
    if (time > newest) newest = time;
  }
  const deletedAt = newest === '' ? '' : parseDeletion(metadata);
  return deletedAt > newest ? deletedAt : newest;
}

/** A deletion is in no managedFields: the server notes when it will be over. */
function parseDeletion(metadata: UnknownRecord): string {
  const over = Date.parse(asText(metadata['deletionTimestamp']));
  const asked = new Date(over - (asNumber(metadata['deletionGracePeriodSeconds']) ?? 0) * 1_000);
  return Number.isNaN(asked.getTime()) ? '' : timeText(asked);
}

export function labelsOf(metadata: UnknownRecord): Labels {
  return asLabels(metadata['labels']);
}

export function annotationsOf(metadata: UnknownRecord): Labels {
  return asLabels(metadata['annotations']);
}

/** The API server's default for every kind of port. */
export function protocolOf(port: UnknownRecord): string {
  return asText(port['protocol']) || 'TCP';
}

/** A port of a slice or of an Endpoints subset. */
export function parseEndpointPort(value: unknown): EndpointPort {
  const port = asRecord(value);
  return {
    name: asText(port['name']),
    ...optional('port', asNumber(port['port'])),
    protocol: protocolOf(port),
  };
}

/** What an address belongs to, as slices and Endpoints write it. */
export function parseTargetRef(value: unknown): TargetRef | undefined {
  if (!isRecord(value)) return undefined;
  return {
    kind: asText(value['kind']),
    namespace: asText(value['namespace']),
    name: asText(value['name']),
    uid: asText(value['uid']),
  };
}
