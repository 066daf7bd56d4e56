import { optional } from '../../../core/door.ts';
import type { Service, ServicePort } from '../../../core/kubernetes.ts';
import type { UpstreamService } from '../../../core/snapshot.ts';
import type { Known } from '../../gateway.ts';

/** What `service_name` of kubernetes discovery means. */
export type DiscoveryName = {
  /** Whom it means, if a Service of that name is known. */
  readonly service?: UpstreamService;
  /** How APISIX would find it; absent when it is spelled so, or nobody knows. */
  readonly shouldBe?: string;
  /** The registry's id where there are several (`id/ns/name:port`); empty for the only one. */
  readonly registry: string;
  /** `ns/name`, under which APISIX looks. */
  readonly key: string;
  /** Under which port of the key; a port's name. */
  readonly port: string;
};

type Spelled = {
  readonly namespace: string;
  readonly name: string;
  readonly port: string;
  readonly registry?: string;
};

/** `ns/name:port`, as APISIX wants it, with an id before it when there are several clusters. */
const right = /^(?:(?<registry>[^/]+)\/)?(?<namespace>[^/]+)\/(?<name>[^/:]+):(?<port>[^:]+)$/;

/** What people write instead: no port, or the name that DNS knows. */
const wrong = [
  /^(?<namespace>[^/.:]+)\/(?<name>[^/.:]+)$/,
  /^(?<name>[^/.:]+)\.(?<namespace>[^/.:]+)(?:\.svc[^/:]*)?(?::(?<port>.+))?$/,
];

function spelledIn(text: string, pattern: RegExp): Spelled | undefined {
  const groups = pattern.exec(text)?.groups;
  if (!groups) return undefined;
  const { namespace = '', name = '', port = '', registry } = groups;
  return { namespace, name, port, ...optional('registry', registry) };
}

/** Under which key APISIX files a Service port: its name, and without one the pods' port number. */
function keyOfPort({ name, targetPort }: ServicePort): string {
  return name === '' ? String(targetPort) : name;
}

/** The port that was meant; of several the first when nothing fits. */
function meantPort({ ports }: Service, spelled: string): ServicePort | undefined {
  const fits = (port: ServicePort) =>
    [keyOfPort(port), String(port.port), String(port.targetPort)].includes(spelled);
  return ports.find((port) => keyOfPort(port) === spelled) ?? ports.find(fits) ?? ports[0];
}

/** Of an upstream with `discovery_type: kubernetes`; `undefined` for every other type. */
export function parseServiceName(type: string, text: string, known: Known): DiscoveryName | undefined {
  if (type !== 'kubernetes') return undefined;
  const asWanted = spelledIn(text, right);
  const spelled = asWanted ?? wrong.map((pattern) => spelledIn(text, pattern)).find((one) => one);
  const { namespace = '', name = '', port: spelledPort = '', registry = '' } = spelled ?? {};
  const [, key = text, portKey = ''] = /^(.*):(.*)$/.exec(text) ?? [];
  const looked = { registry, key: asWanted ? `${namespace}/${name}` : key, port: portKey };
  const service = known.services.find((one) => one.namespace === namespace && one.name === name);
  const port = service && meantPort(service, spelledPort);
  if (!port) return looked;
  const prefix = registry === '' ? '' : `${registry}/`;
  const wanted = `${prefix}${namespace}/${name}:${keyOfPort(port)}`;
  return {
    ...looked,
    service: { namespace, name, port: port.port, granularity: 'endpoint' },
    ...(wanted !== text && { shouldBe: wanted }),
  };
}
