import { asArray, asRecord, isRecord } from '../../../source/core/door.ts';
import type { Flavour } from './answer.ts';
import { readCaptured } from './captures.ts';

const folders: Readonly<Record<Flavour, string>> = { v3: 'v3', v2: 'v2-2.15.3' };

/** The captured JSON Schema of an upstream: what `/apisix/admin/schema/upstream` answers. */
export function upstreamSchema(flavour: Flavour): unknown {
  return JSON.parse(readCaptured(`${folders[flavour]}/schema-upstream.json`));
}

/** The value with the schema's defaults where it says nothing, as lua's jsonschema fills them in. */
export function withDefaults(schema: unknown, value: unknown): unknown {
  const { properties, items, anyOf } = asRecord(schema);
  const branch = asArray(anyOf).find(
    (one) => asRecord(one)['type'] === (Array.isArray(value) ? 'array' : 'object'),
  );
  if (branch !== undefined) return withDefaults(branch, value);
  if (Array.isArray(value)) return value.map((item) => withDefaults(items, item));
  if (!isRecord(value)) return value;
  const filled: Record<string, unknown> = { ...value };
  for (const [name, property] of Object.entries(asRecord(properties))) {
    if (name in value) filled[name] = withDefaults(property, value[name]);
    else if ('default' in asRecord(property)) filled[name] = asRecord(property)['default'];
  }
  return filled;
}

function isBareIpv6(host: unknown): boolean {
  return typeof host === 'string' && host.includes(':') && !host.startsWith('[');
}

function isWeight(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isNode(node: unknown, needsPort: boolean): boolean {
  const { host, port, weight } = asRecord(node);
  const isPort = Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return typeof host === 'string' && isWeight(weight) && (isPort || (port === undefined && !needsPort));
}

/** Why the server refuses an upstream (the words of its 400), or `undefined` when it takes it. */
export function refusalOf(flavour: Flavour, upstream: unknown): string | undefined {
  const value = asRecord(upstream);
  const { nodes } = value;
  const choices = asArray(asRecord(upstreamSchema(flavour))['oneOf']).map((one) =>
    asArray(asRecord(one)['required']),
  );
  const met = choices.filter((required) => required.every((name) => String(name) in value));
  if (met.length !== 1) return 'value should match only one schema, but matches none';
  const isGood = Array.isArray(nodes)
    ? nodes.every((node) => isNode(node, flavour === 'v2'))
    : Object.values(asRecord(nodes)).every(isWeight);
  if (!isGood) return 'property "nodes" validation failed: object matches none of the required';
  const hasBareIpv6 = asArray(nodes).some((node) => isBareIpv6(asRecord(node)['host']));
  return flavour === 'v3' && hasBareIpv6 ? "IPv6 address must be enclosed with '[' and ']'" : undefined;
}
