import { asArray, asNumber, asRecord, asText, isRecord } from '../../../core/door.ts';
import type { ApisixRoute, RouteBackend } from '../../../core/kubernetes.ts';
import { parseMeta, partsOf } from './meta.ts';

/** An apisix.apache.org ApisixRoute, of v2 or of the older versions with one `backend` a rule. */
export function parseApisixRoute(value: unknown): ApisixRoute {
  const { metadata, spec } = partsOf(value);
  const rules = asArray(spec['http'])
    .map(asRecord)
    .map(({ name, backends, backend }) => ({
      name: asText(name),
      backends: [...asArray(backends), ...(isRecord(backend) ? [backend] : [])].map(parseBackend),
    }));
  return { ...parseMeta(metadata), rules };
}

function parseBackend(value: unknown): RouteBackend {
  const { serviceName, servicePort } = asRecord(value);
  return { serviceName: asText(serviceName), servicePort: asNumber(servicePort) ?? asText(servicePort) };
}
