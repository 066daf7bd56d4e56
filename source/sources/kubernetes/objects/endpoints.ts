import { canonicalHost } from '../../../core/address.ts';
import { asArray, asRecord, asText, optional } from '../../../core/door.ts';
import type { EndpointAddress, Endpoints, EndpointSubset } from '../../../core/kubernetes.ts';
import { annotationsOf, labelsOf, parseEndpointPort, parseMeta, parseTargetRef, partsOf } from './meta.ts';

const overCapacityAnnotation = 'endpoints.kubernetes.io/over-capacity';
const skipMirrorLabel = 'endpointslice.kubernetes.io/skip-mirror';

/** A v1 Endpoints. */
export function parseEndpoints(value: unknown): Endpoints {
  const { metadata } = partsOf(value);
  return {
    ...parseMeta(metadata),
    ...optional('overCapacity', asText(annotationsOf(metadata)[overCapacityAnnotation])),
    skipMirror: labelsOf(metadata)[skipMirrorLabel] === 'true',
    subsets: asArray(asRecord(value)['subsets']).map(parseSubset),
  };
}

function parseSubset(value: unknown): EndpointSubset {
  const { addresses, notReadyAddresses, ports } = asRecord(value);
  return {
    addresses: asArray(addresses).map(parseEndpointAddress),
    notReadyAddresses: asArray(notReadyAddresses).map(parseEndpointAddress),
    ports: asArray(ports).map(parseEndpointPort),
  };
}

function parseEndpointAddress(value: unknown): EndpointAddress {
  const { ip, nodeName, targetRef } = asRecord(value);
  return {
    ip: canonicalHost(asText(ip)),
    ...optional('nodeName', asText(nodeName)),
    ...optional('targetRef', parseTargetRef(targetRef)),
  };
}
