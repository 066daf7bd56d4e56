import { crc32 } from 'node:zlib';
import { asArray, asRecord, asText, type UnknownRecord } from '../../../source/core/door.ts';
import type { Apisix } from '../../helpers/apisix/server.ts';

/** The controller's id of `NAMESPACE_SERVICE_PORT`, here of Service `httpbin` and port 80. */
export function upstreamId(namespace: string): string {
  return crc32(`${namespace}_httpbin_80`).toString(16);
}

/** IPs, in the order of text: the nodes of an upstream as it is stored. */
export function nodeIps(value: UnknownRecord = {}): readonly string[] {
  return asArray(value['nodes'])
    .map((node) => asText(asRecord(node)['host']))
    .sort();
}

/** IPs, in the order of text: what APISIX has for the namespace's Service `httpbin`. */
export function upstreamIps(apisix: Apisix, namespace: string): readonly string[] {
  return nodeIps(apisix.get('upstreams', upstreamId(namespace))?.value);
}
