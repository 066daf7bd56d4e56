import { canonicalHost } from '../../../core/address.ts';
import { asArray, asNumber, asRecord, asText } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import type { ContainerPort, Pod } from '../../../core/kubernetes.ts';
import { labelsOf, parseMeta, partsOf, protocolOf } from './meta.ts';

/** A v1 Pod. There are thousands of them: what makes no lists on the way takes half the time. */
export function parsePod(value: unknown): Pod {
  const { metadata, spec, status } = partsOf(value);
  const nodeName = asText(spec['nodeName']);
  return {
    ...parseMeta(metadata),
    labels: labelsOf(metadata),
    ...(nodeName !== '' && { nodeName }),
    phase: asText(status['phase']) || 'Unknown',
    ready: asArray(status['conditions']).some(isReady),
    terminating: asText(metadata['deletionTimestamp']) !== '',
    podIPs: parsePodIPs(status),
    namedPorts: parseNamedPorts(spec),
    ...(spec['hostNetwork'] === true && { hostNetwork: true }),
  };
}

function isReady(condition: unknown): boolean {
  const { type, status } = asRecord(condition);
  return type === 'Ready' && status === 'True';
}

function parsePodIPs(status: UnknownRecord): readonly string[] {
  const addresses: string[] = [];
  const add = (ip: string) => {
    if (ip !== '') addresses.push(canonicalHost(ip));
  };
  const listed = asArray(status['podIPs']);
  for (const podIP of listed) add(asText(asRecord(podIP)['ip']));
  if (listed.length === 0) add(asText(status['podIP']));
  return addresses;
}

/** The endpoint controllers look a port's name up in the containers, then in sidecars: restartable init containers. */
function parseNamedPorts(spec: UnknownRecord): readonly ContainerPort[] {
  const named: ContainerPort[] = [];
  for (const container of asArray(spec['containers'])) addNamedPorts(named, asRecord(container));
  for (const container of asArray(spec['initContainers']).map(asRecord)) {
    if (container['restartPolicy'] === 'Always') addNamedPorts(named, container);
  }
  return named;
}

function addNamedPorts(named: ContainerPort[], { ports }: UnknownRecord): void {
  for (const port of asArray(ports).map(asRecord)) {
    const name = asText(port['name']);
    const containerPort = asNumber(port['containerPort']) ?? 0;
    if (name !== '') named.push({ name, containerPort, protocol: protocolOf(port) });
  }
}
