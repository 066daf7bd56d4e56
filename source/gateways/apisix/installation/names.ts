import { compareText } from '../../../core/address.ts';
import { asArray, asRecord, asText, type UnknownRecord } from '../../../core/door.ts';
import type { KubeApi } from '../../gateway.ts';
import { installationKey, type Installation } from '../find.ts';
import { listObjects } from '../listing.ts';
import { readConfigurations } from './config-maps.ts';
import { selectsPod } from './gateway.ts';
import { workloadsOf } from './workload.ts';

/** A class of Ingresses or Gateways, and the Service of the admin API that its controller writes to. */
type Link = { readonly className: string; readonly namespace: string; readonly service: string };

const metadataOf = (object: UnknownRecord) => asRecord(object['metadata']);
const placeOf = (object: UnknownRecord) =>
  `${asText(metadataOf(object)['namespace'])}/${asText(metadataOf(object)['name'])}`;

/** `http://apisix-admin.ingress-apisix.svc.cluster.local:9180`; a name without a namespace is in `namespace`. */
function serviceIn(url: string, namespace: string): Omit<Link, 'className'> | undefined {
  const [service = '', where = namespace] = URL.parse(url)?.hostname.split('.') ?? [];
  return service === '' ? undefined : { service, namespace: where };
}

/** Controller 2.x: the admin API is named by GatewayProxies, and these by IngressClasses and Gateways. */
async function linksOfSecond(kube: KubeApi): Promise<readonly Link[]> {
  const lists = await Promise.all(
    [
      '/apis/networking.k8s.io/v1/ingressclasses',
      '/apis/gateway.networking.k8s.io/v1/gateways',
      '/apis/apisix.apache.org/v1alpha1/gatewayproxies',
    ].map((path) => listObjects(kube, path)),
  );
  const [classes = [], gateways = [], proxies = []] = lists.map((list) => list ?? []);
  const byClass = [
    ...classes.map((one) => {
      const { namespace, name } = asRecord(asRecord(one['spec'])['parameters']);
      return [`${asText(namespace)}/${asText(name)}`, asText(metadataOf(one)['name'])] as const;
    }),
    ...gateways.map((one) => {
      const { gatewayClassName, infrastructure } = asRecord(one['spec']);
      const { name } = asRecord(asRecord(infrastructure)['parametersRef']);
      return [`${asText(metadataOf(one)['namespace'])}/${asText(name)}`, asText(gatewayClassName)] as const;
    }),
  ];
  return proxies.flatMap((proxy) => {
    const namespace = asText(metadataOf(proxy)['namespace']);
    const { service, endpoints } = asRecord(asRecord(asRecord(proxy['spec'])['provider'])['controlPlane']);
    const name = asText(asRecord(service)['name']);
    const targets = [
      ...(name === '' ? [] : [{ service: name, namespace }]),
      ...asArray(endpoints).flatMap((url) => serviceIn(asText(url), namespace) ?? []),
    ];
    const named = byClass.filter(([place, className]) => place === placeOf(proxy) && className !== '');
    return named.flatMap(([, className]) => targets.map((target) => ({ className, ...target })));
  });
}

/** Controller 1.x: both stand in its configuration. */
async function linksOfFirst(kube: KubeApi, controllers: readonly UnknownRecord[]): Promise<readonly Link[]> {
  const links = workloadsOf(controllers).map(async (workload): Promise<readonly Link[]> => {
    const { found } = await readConfigurations(kube, workload);
    return found.flatMap(({ config }) => {
      const className = asText(asRecord(config['kubernetes'])['ingress_class']);
      const url = asText(asRecord(config['apisix'])['default_cluster_base_url']);
      const target = serviceIn(url, workload.namespace);
      return className === '' || !target ? [] : [{ className, ...target }];
    });
  });
  return (await Promise.all(links)).flat();
}

async function classesOf(
  kube: KubeApi,
  [{ namespace, labels }]: Installation,
  links: readonly Link[],
): Promise<readonly string[]> {
  const services = (await listObjects(kube, `/api/v1/namespaces/${namespace}/services`)) ?? [];
  const leading = services.filter((service) => selectsPod(service, { namespace, labels })).map(placeOf);
  return links
    .filter((link) => leading.includes(`${link.namespace}/${link.service}`))
    .map(({ className }) => className);
}

/**
 * What people call each of several gateways, each by a name of its own: the IngressClass or GatewayClass whose
 * controller writes to it, else its namespace, else that with the Helm release.
 */
export async function nameInstallations(
  kube: KubeApi,
  installations: readonly Installation[],
  controllers: readonly UnknownRecord[],
): Promise<readonly string[]> {
  const links = (await Promise.all([linksOfFirst(kube, controllers), linksOfSecond(kube)])).flat();
  const candidates = await Promise.all(
    installations.map(async (installation) => [
      ...(await classesOf(kube, installation, links)).toSorted(compareText),
      installation[0].namespace,
    ]),
  );
  return installations.map(([pod], index) => {
    const others = new Set(candidates.filter((_, other) => other !== index).flat());
    return candidates[index]?.find((name) => !others.has(name)) ?? installationKey(pod);
  });
}
