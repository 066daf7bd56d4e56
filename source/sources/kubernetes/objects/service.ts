import { canonicalHost, familyOf } from '../../../core/address.ts';
import type { IpFamily } from '../../../core/address.ts';
import { asArray, asLabels, asNumber, asRecord, asText, isRecord, optional } from '../../../core/door.ts';
import type { Service, ServicePort } from '../../../core/kubernetes.ts';
import { parseMeta, partsOf, protocolOf } from './meta.ts';

/** A v1 Service, with the API server's defaults for what a manifest leaves out. */
export function parseService(value: unknown): Service {
  const { metadata, spec } = partsOf(value);
  const clusterIP = parseClusterIP(asText(spec['clusterIP']));
  return {
    ...parseMeta(metadata),
    labels: asLabels(metadata['labels']),
    type: asText(spec['type']) || 'ClusterIP',
    ...(isRecord(spec['selector']) && { selector: asLabels(spec['selector']) }),
    ...optional('clusterIP', clusterIP),
    ...optional('externalName', asText(spec['externalName'])),
    ports: asArray(spec['ports']).map(parseServicePort),
    publishNotReadyAddresses: spec['publishNotReadyAddresses'] === true,
    ipFamilies: parseFamilies(spec['ipFamilies'], clusterIP),
  };
}

function parseServicePort(value: unknown): ServicePort {
  const servicePort = asRecord(value);
  const port = asNumber(servicePort['port']) ?? 0;
  const targetPort = asNumber(servicePort['targetPort']) ?? asText(servicePort['targetPort']);
  return {
    name: asText(servicePort['name']),
    port,
    protocol: protocolOf(servicePort),
    // 0 and the empty name are unset: the API server then takes the port itself.
    targetPort: targetPort === 0 || targetPort === '' ? port : targetPort,
  };
}

/** Only an IP has a canonical form; `None` keeps its capital. */
function parseClusterIP(text: string): string {
  return familyOf(text) ? canonicalHost(text) : text;
}

/** Servers before 1.20 write no `ipFamilies`: then the ClusterIP tells. */
function parseFamilies(value: unknown, clusterIP: string): readonly IpFamily[] {
  const named = asArray(value).filter((family) => family === 'IPv4' || family === 'IPv6');
  return named.length > 0 ? named : [familyOf(clusterIP) ?? 'IPv4'];
}
