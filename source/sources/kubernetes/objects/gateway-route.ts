import { asArray, asNumber, asRecord, asText, optional, type UnknownRecord } from '../../../core/door.ts';
import type { gatewayRouteKinds, Route, RouteBackend } from '../../../core/kubernetes.ts';
import { parseMeta, partsOf } from './meta.ts';

/** A route of the Gateway API: all kinds have rules of `backendRefs`. The items of a list do not say their kind. */
export function parseGatewayRoute(kind: (typeof gatewayRouteKinds)[number]): (value: unknown) => Route {
  return (value) => {
    const { metadata, spec } = partsOf(value);
    const rules = asArray(spec['rules']).map((rule) => ({
      name: asText(asRecord(rule)['name']),
      backends: asArray(asRecord(rule)['backendRefs']).map(asRecord).filter(isService).map(parseBackendRef),
    }));
    return { ...parseMeta(metadata), kind, rules };
  };
}

/** What the API server leaves out means a Service. */
function isService({ group = '', kind = 'Service' }: UnknownRecord): boolean {
  return group === '' && kind === 'Service';
}

function parseBackendRef({ name, namespace, port, weight }: UnknownRecord): RouteBackend {
  return {
    serviceName: asText(name),
    servicePort: asNumber(port) ?? '',
    ...optional('namespace', asText(namespace)),
    ...optional('weight', asNumber(weight)),
  };
}
