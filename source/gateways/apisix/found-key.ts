import { load, YAMLException } from 'js-yaml';
import { asArray, asRecord, asText, type UnknownRecord } from '../../core/door.ts';
import type { KubeApi } from '../gateway.ts';
import type { ApisixPod } from './find.ts';
import type { Key } from './key.ts';
import { listObjects } from './listing.ts';

/** A key that lies open in the cluster; the viewer's may only read, so it goes first. */
export type Candidate = Key & { readonly role: 'viewer' | 'admin' };

/**
 * The key, where the charts leave it in the open: APISIX's own configuration, that of the ingress controller 1.x,
 * a GatewayProxy; all in the pod's namespace. Secrets are not looked at. What may not be read holds nothing.
 */
export async function findKey(
  kube: KubeApi,
  pod: Pick<ApisixPod, 'namespace' | 'configMaps'>,
): Promise<Key | undefined> {
  const { namespace } = pod;
  const configMaps = (await listObjects(kube, `/api/v1/namespaces/${namespace}/configmaps`)) ?? [];
  const isOwn = (configMap: UnknownRecord) => pod.configMaps.includes(nameOf(configMap));
  const own = configMaps.filter(isOwn).flatMap(keysOfConfigMap);
  const others = configMaps.filter((configMap) => !isOwn(configMap)).flatMap(keysOfConfigMap);
  return best(own) ?? best(others) ?? best(await keysOfGatewayProxies(kube, namespace));
}

function best(candidates: readonly Candidate[]): Key | undefined {
  const key = candidates.find(({ role }) => role === 'viewer') ?? candidates[0];
  return key && { value: key.value, from: key.from };
}

function nameOf(object: UnknownRecord): string {
  return asText(asRecord(object['metadata'])['name']);
}

/** `ConfigMap ingress-apisix/apisix`. */
export function spellObject(kind: string, object: UnknownRecord): string {
  return `${kind} ${asText(asRecord(object['metadata'])['namespace'])}/${nameOf(object)}`;
}

/** Not `{{TEMPLATE}}`: the real one comes from the environment of the process. */
function isLiteral(value: string): boolean {
  return /^[!-~]+$/.test(value) && !value.includes('{{');
}

/** The keys in the configuration of APISIX or of its controller 1.x. */
export function keysOfConfigMap(configMap: UnknownRecord): readonly Candidate[] {
  const from = spellObject('ConfigMap', configMap);
  const config = parseYaml(asText(asRecord(configMap['data'])['config.yaml']));
  const apisix = asRecord(config['apisix']);
  const admin = asRecord(asRecord(config['deployment'])['admin']);
  // `deployment.admin` since APISIX 3.0, `apisix` before.
  const listed = [...asArray(admin['admin_key']), ...asArray(apisix['admin_key'])].map(asRecord);
  const keys = listed.map(({ key, role }): Candidate => {
    const isViewer = role === 'viewer';
    return {
      value: asText(key),
      from: isViewer ? `${from}, viewer` : from,
      role: isViewer ? 'viewer' : 'admin',
    };
  });
  const controller: Candidate = { value: asText(apisix['default_cluster_admin_key']), from, role: 'admin' };
  return [...keys, controller].filter(({ value }) => isLiteral(value));
}

/** Nothing for what is no YAML: templates often are not. */
export function parseYaml(text: string): UnknownRecord {
  try {
    return asRecord(load(text));
  } catch (error) {
    if (error instanceof YAMLException) return {};
    throw error;
  }
}

/** The keys that stand in GatewayProxies, not in Secrets. */
export async function keysOfGatewayProxies(kube: KubeApi, namespace: string): Promise<readonly Candidate[]> {
  const path = `/apis/apisix.apache.org/v1alpha1/namespaces/${namespace}/gatewayproxies`;
  const proxies = (await listObjects(kube, path)) ?? [];
  return proxies
    .map((proxy): Candidate => {
      const controlPlane = asRecord(asRecord(asRecord(proxy['spec'])['provider'])['controlPlane']);
      const adminKey = asRecord(asRecord(controlPlane['auth'])['adminKey']);
      return { value: asText(adminKey['value']), from: spellObject('GatewayProxy', proxy), role: 'admin' };
    })
    .filter(({ value }) => isLiteral(value));
}
