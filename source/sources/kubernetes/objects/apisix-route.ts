import { asArray, asNumber, asRecord, asText, isRecord, optional } from '../../../core/door.ts';
import type { ApisixRoute, RouteBackend, RouteRule } from '../../../core/kubernetes.ts';
import { parseMeta, partsOf } from './meta.ts';

/** An apisix.apache.org ApisixRoute, of v2 or of the older versions with one `backend` a rule. */
export function parseApisixRoute(value: unknown): ApisixRoute {
  const { metadata, spec } = partsOf(value);
  const rules = [...asArray(spec['http']), ...asArray(spec['stream'])].map(parseRule);
  return { ...parseMeta(metadata), rules };
}

function parseRule(value: unknown): RouteRule {
  const { name, backends, backend, protocol } = asRecord(value);
  return {
    name: asText(name),
    backends: [...asArray(backends), ...(isRecord(backend) ? [backend] : [])].map(parseBackend),
    ...optional('protocol', asText(protocol)),
  };
}

function parseBackend(value: unknown): RouteBackend {
  const { serviceName, servicePort, subset, resolveGranularity, weight } = asRecord(value);
  return {
    serviceName: asText(serviceName),
    servicePort: asNumber(servicePort) ?? asText(servicePort),
    ...optional('subset', asText(subset)),
    ...(resolveGranularity === 'service' && { granularity: resolveGranularity }),
    ...optional('weight', asNumber(weight)),
  };
}
