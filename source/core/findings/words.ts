import { upstreamsOfPort } from '../observed.ts';
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

/** Upstreams of a Service port by name, else id, for messages. */
export function upstreamName(join: Join, port: ServicePort): string {
  return upstreamsOfPort(join.scope, port.port)
    .map(({ name, id }) => (name === '' ? id : name))
    .join(', ');
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
