import { canonicalHost } from '../../../core/address.ts';
import { asArray, asNumber, asRecord, asText, optional } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import type { ContainerPort, Pod } from '../../../core/kubernetes.ts';
import { labelsOf, parseMeta, partsOf, protocolOf } from './meta.ts';

/** A v1 Pod. */
export function parsePod(value: unknown): Pod {
  const { metadata, spec, status } = partsOf(value);
  return {
    ...parseMeta(metadata),
    labels: labelsOf(metadata),
    ...optional('nodeName', asText(spec['nodeName'])),
    phase: asText(status['phase']) || 'Unknown',
    ready: asArray(status['conditions'])
      .map(asRecord)
      .some((condition) => condition['type'] === 'Ready' && condition['status'] === 'True'),
    terminating: asText(metadata['deletionTimestamp']) !== '',
    podIPs: parsePodIPs(status),
    namedPorts: parseNamedPorts(spec),
    ...(spec['hostNetwork'] === true && { hostNetwork: true }),
  };
}

function parsePodIPs(status: UnknownRecord): readonly string[] {
  const listed = asArray(status['podIPs']).map((podIP) => asText(asRecord(podIP)['ip']));
  const addresses = listed.length > 0 ? listed : [asText(status['podIP'])];
  return addresses.filter((ip) => ip !== '').map(canonicalHost);
}

/** The endpoint controllers look a port's name up in the containers, then in sidecars: restartable init containers. */
function parseNamedPorts(spec: UnknownRecord): readonly ContainerPort[] {
  const sidecars = asArray(spec['initContainers']).filter(
    (container) => asRecord(container)['restartPolicy'] === 'Always',
  );
  return [...asArray(spec['containers']), ...sidecars]
    .flatMap((container) => asArray(asRecord(container)['ports']))
    .map(asRecord)
    .filter((port) => asText(port['name']) !== '')
    .map((port) => ({
      name: asText(port['name']),
      containerPort: asNumber(port['containerPort']) ?? 0,
      protocol: protocolOf(port),
    }));
}
