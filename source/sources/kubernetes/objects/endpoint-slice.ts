import { canonicalHost } from '../../../core/address.ts';
import { asArray, asRecord, asText, optional } from '../../../core/door.ts';
import type { EndpointSlice, SliceEndpoint } from '../../../core/kubernetes.ts';
import { labelsOf, parseEndpointPort, parseMeta, parseTargetRef, partsOf } from './meta.ts';

/** The label that ties an EndpointSlice to its Service. */
export const serviceNameLabel = 'kubernetes.io/service-name';

const managedByLabel = 'endpointslice.kubernetes.io/managed-by';

/** A discovery.k8s.io/v1 EndpointSlice; `ports: null` and `endpoints: null` are empty lists. */
export function parseEndpointSlice(value: unknown): EndpointSlice {
  const { metadata } = partsOf(value);
  const { ports, endpoints } = asRecord(value);
  const labels = labelsOf(metadata);
  return {
    ...parseMeta(metadata),
    serviceName: labels[serviceNameLabel] ?? '',
    managedBy: labels[managedByLabel] ?? '',
    ...optional('createdAt', asText(metadata['creationTimestamp'])),
    ...optional('owner', parseOwner(metadata['ownerReferences'])),
    terminating: asText(metadata['deletionTimestamp']) !== '',
    ports: asArray(ports).map(parseEndpointPort),
    endpoints: asArray(endpoints).map(parseSliceEndpoint),
  };
}

/** The owner that controls it, else the only one there is. */
function parseOwner(references: unknown): EndpointSlice['owner'] {
  const owners = asArray(references).map(asRecord);
  const owner = owners.find(({ controller }) => controller === true) ?? owners[0];
  return owner && { kind: asText(owner['kind']), name: asText(owner['name']), uid: asText(owner['uid']) };
}

function parseSliceEndpoint(value: unknown): SliceEndpoint {
  const endpoint = asRecord(value);
  const conditions = asRecord(endpoint['conditions']);
  const nodeName = asText(endpoint['nodeName']);
  const zone = asText(endpoint['zone']);
  const targetRef = parseTargetRef(endpoint['targetRef']);
  return {
    addresses: asArray(endpoint['addresses']).map((address) => canonicalHost(asText(address))),
    // The API's own reading of unset conditions: ready and serving, not terminating.
    ready: conditions['ready'] !== false,
    serving: conditions['serving'] !== false,
    terminating: conditions['terminating'] === true,
    // There are thousands of them: written out, it takes a third of the time of a helper.
    ...(nodeName !== '' && { nodeName }),
    ...(zone !== '' && { zone }),
    ...(targetRef && { targetRef }),
  };
}
