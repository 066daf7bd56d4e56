import { crc32 } from 'node:zlib';
import { asArray, asRecord } from '../../../source/core/door.ts';
import type { Apisix } from '../../helpers/apisix/server.ts';
import type { Client } from '../plane/client.ts';

/** The id under which the controller keeps port 80 of the namespace's Service `httpbin`. */
export function upstreamId(namespace: string): string {
  return crc32(`${namespace}_httpbin_80`).toString(16);
}

/** `10.0.0.1:80`, sorted as text: what APISIX has for the namespace's Service `httpbin`. */
export function upstreamNodes(apisix: Apisix, namespace: string): readonly string[] {
  const nodes = asArray(apisix.get('upstreams', upstreamId(namespace))?.value['nodes']).map(asRecord);
  return nodes.map(({ host, port }) => `${String(host)}:${String(port)}`).sort();
}

const perAddress = '{range .items[*].subsets[*].addresses[*]}{.ip}:80{"\\n"}{end}';

/** The same of the Service's Endpoints. */
export async function endpoints({ output }: Client, namespace: string): Promise<readonly string[]> {
  const fields = '--field-selector=metadata.name=httpbin';
  const text = await output(['get', 'endpoints', `-n=${namespace}`, fields, `-o=jsonpath=${perAddress}`]);
  return text.trim().split('\n').sort();
}
