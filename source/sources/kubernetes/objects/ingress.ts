import { asArray, asNumber, asRecord, asText, optional } from '../../../core/door.ts';
import type { Route, RouteRule } from '../../../core/kubernetes.ts';
import { annotationsOf, parseMeta, partsOf } from './meta.ts';

/** The Services of all rules are in this namespace, says apisix-ingress-controller 2.x. */
const serviceNamespaceAnnotation = 'k8s.apisix.apache.org/svc-namespace';

/** How the class was said before `ingressClassName`. */
const classAnnotation = 'kubernetes.io/ingress.class';

/** A networking.k8s.io/v1 Ingress: one rule a path. */
export function parseIngress(value: unknown): Route {
  const { metadata, spec } = partsOf(value);
  const annotations = annotationsOf(metadata);
  const namespace = annotations[serviceNamespaceAnnotation];
  return {
    ...parseMeta(metadata),
    kind: 'Ingress',
    ...optional('className', asText(spec['ingressClassName']) || annotations[classAnnotation]),
    rules: asArray(spec['rules']).flatMap((rule, position) =>
      asArray(asRecord(asRecord(rule)['http'])['paths']).map((path, index) =>
        parsePath(path, `${position}-${index}`, namespace),
      ),
    ),
  };
}

/** A path that leads to something else than a Service keeps its place, without backends. */
function parsePath(path: unknown, name: string, namespace: string | undefined): RouteRule {
  const service = asRecord(asRecord(asRecord(path)['backend'])['service']);
  const port = asRecord(service['port']);
  const serviceName = asText(service['name']);
  const servicePort = asNumber(port['number']) ?? asText(port['name']);
  return {
    name,
    backends: serviceName === '' ? [] : [{ serviceName, servicePort, ...optional('namespace', namespace) }],
  };
}
