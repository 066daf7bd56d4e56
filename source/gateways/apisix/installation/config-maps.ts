import { asRecord, asText, type UnknownRecord } from '../../../core/door.ts';
import type { KubeApi } from '../../gateway.ts';
import { keysOfConfigMap, parseYaml, spellObject, type Candidate } from '../found-key.ts';
import { statusOf } from '../listing.ts';
import type { Workload } from './workload.ts';

/** One `config.yaml` that pods mount. */
export type Configuration = {
  /** `ConfigMap ingress-apisix/apisix`. */
  readonly from: string;
  readonly config: UnknownRecord;
  readonly keys: readonly Candidate[];
};

export type Configurations = {
  readonly found: readonly Configuration[];
  /** Why one could not be read. */
  readonly reason?: string;
};

async function readOne(kube: KubeApi, namespace: string, name: string): Promise<Configurations> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`;
  try {
    const configMap = asRecord(await kube.get(path));
    const text = asText(asRecord(configMap['data'])['config.yaml']);
    if (text === '') return { found: [] };
    const from = spellObject('ConfigMap', configMap);
    return { found: [{ from, config: parseYaml(text), keys: keysOfConfigMap(configMap) }] };
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    const problem = status === 403 ? 'no right to get it' : `HTTP status ${status}`;
    return { found: [], reason: `cannot read ConfigMap ${namespace}/${name}: ${problem}` };
  }
}

/** Every `config.yaml` in the ConfigMaps that a workload mounts. */
export async function readConfigurations(
  kube: KubeApi,
  { namespace, configMaps }: Workload,
): Promise<Configurations> {
  const readings = await Promise.all(configMaps.map((name) => readOne(kube, namespace, name)));
  const reason = readings.find((reading) => reading.reason !== undefined)?.reason;
  return {
    found: readings.flatMap(({ found }) => found),
    ...(reason !== undefined && { reason }),
  };
}
