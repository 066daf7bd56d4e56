import { hasSelector } from '../../core/scope.ts';
import type { Labels, Service } from '../../core/kubernetes.ts';
import type { Selection } from './layer.ts';
import { serviceNameLabel } from './objects/endpoint-slice.ts';

/** Which Services. */
export type Target =
  | { readonly kind: 'names'; readonly namespace: string; readonly names: readonly string[] }
  /** Without a namespace in all; an empty selector takes every Service. */
  | { readonly kind: 'selector'; readonly namespace: string | undefined; readonly labelSelector: string };

export function selectorText(selector: Labels): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** The slices of the Services carry their names in a label. */
export function slicesOf(target: Target): Selection {
  const labelSelector =
    target.kind === 'names' ? `${serviceNameLabel} in (${target.names.join(',')})` : serviceNameLabel;
  return { namespace: target.namespace, labelSelector };
}

/** The Services themselves, or with several names all of the namespace: a field has one value. */
export function servicesOf(target: Target): Selection {
  return target.kind === 'names' ? namedBy(target) : target;
}

/** Endpoints carry their Service's name, and no label that tells it. */
export function endpointsOf(target: Target): Selection {
  return target.kind === 'names' ? namedBy(target) : { namespace: target.namespace };
}

function namedBy({ namespace, names: [name, second] }: Target & { readonly kind: 'names' }): Selection {
  return name === undefined || second !== undefined
    ? { namespace }
    : { namespace, fieldSelector: `metadata.name=${name}` };
}

/** The pods of one Service, or all where there are several; undefined where no Service has any of its own. */
export function podsOf({ namespace }: Target, services: readonly Service[]): Selection | undefined {
  const selectors = new Set(services.filter(hasSelector).map(({ selector }) => selectorText(selector)));
  const [labelSelector, second] = selectors;
  if (labelSelector === undefined) return undefined;
  return second === undefined ? { namespace, labelSelector } : { namespace };
}
