import { formatAddress } from '../address.ts';
import { servedPorts, upstreamsOfPort } from '../observed.ts';
import { dialled } from '../upstream-nodes.ts';
import { itemsOf, type Upstream } from '../snapshot.ts';
import type { Join, Row } from '../join.ts';
import type { Service, ServicePort } from '../kubernetes.ts';

/** `1 address`, `2 addresses`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

export const addresses = (rows: readonly Row[]): string => count(rows.length, 'address', 'addresses');

/** ` is` or ` are`, to follow a count. */
export const are = (number: number): string => (number === 1 ? 'is' : 'are');

/** `kubectl get` of something in the Service's namespace. */
export function get({ namespace }: Service, what: string): string {
  return `kubectl get ${what} -n ${namespace}`;
}

/** `kubectl get` of the Service's slices. */
export function getSlices(service: Service): string {
  return get(service, `endpointslices -l kubernetes.io/service-name=${service.name}`);
}

/**
 * Upstreams of a Service port by name, else id, for messages; where there are several, those that lack or that hold
 * some of the rows.
 */
export function upstreamName(
  join: Join,
  port: ServicePort,
  who?: 'lacks' | 'holds',
  rows: readonly Row[] = [],
): string {
  const isTouched = (upstream: Upstream) => {
    if (who === undefined) return true;
    const held = new Set(itemsOf(upstream.nodes).map((node) => formatAddress(dialled(upstream, node))));
    return rows.some(({ text }) => held.has(text) === (who === 'holds'));
  };
  return upstreamsOfPort(join.scope, port.port).filter(isTouched).map(spellUpstream).join(', ');
}

/** The name of an upstream, else its id. */
export function spellUpstream({ name, id }: Pick<Upstream, 'name' | 'id'>): string {
  return name === '' ? id : name;
}

/** `3 nodes`; how many the gateway looks up elsewhere nobody knows. */
export function countNodes({ nodes }: Pick<Upstream, 'nodes'>): string {
  return nodes.state === 'Read' ? count(nodes.items.length, 'node') : 'unknown nodes';
}

/** The Nodes of rows, in the order of text. */
export function nodeNames(rows: readonly Row[]): readonly string[] {
  return [...new Set(rows.flatMap(({ nodeName }) => nodeName ?? []))].sort();
}

/** Those of the rows that are under a Service port, given by its number, with the name that findings have for it. */
export function rowsOfPort(
  { scope }: Join,
  number: number | undefined,
  rows: readonly Row[],
): { readonly rows: readonly Row[]; readonly port?: string } {
  const port = servedPorts(scope).find((one) => one.port === number);
  return { rows: rows.filter((row) => row.port === port?.name), ...(port && { port: port.name }) };
}

/** Rows under the Service ports they belong to; ports without rows are left out. */
export function byPort(
  { scope }: Join,
  rows: readonly Row[],
): readonly { readonly port: ServicePort; readonly rows: readonly Row[] }[] {
  return scope.service.ports
    .map((port) => ({ port, rows: rows.filter((row) => row.port === port.name) }))
    .filter((group) => group.rows.length > 0);
}
