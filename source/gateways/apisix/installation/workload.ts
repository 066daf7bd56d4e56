import { asArray, asLabels, asRecord, asText, type UnknownRecord } from '../../../core/door.ts';

/** A container of a pod's spec. */
export type Container = { readonly name: string; readonly image: string; readonly args: readonly string[] };

/** Pods of one Deployment, StatefulSet or DaemonSet; they are alike, so one of them tells of all. */
export type Workload = {
  readonly namespace: string;
  /** Of what made the pods, else of the pod. */
  readonly name: string;
  readonly pods: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly Container[];
  /** Names of those that are mounted. */
  readonly configMaps: readonly string[];
};

/** `apisix` of a pod of ReplicaSet `apisix-7d5689c4d`. */
function nameOf(metadata: UnknownRecord): string {
  const [owner] = asArray(metadata['ownerReferences']).map(asRecord);
  if (owner === undefined) return asText(metadata['name']);
  const hash = asLabels(metadata['labels'])['pod-template-hash'] ?? '';
  const name = asText(owner['name']);
  return hash !== '' && name.endsWith(`-${hash}`) ? name.slice(0, -hash.length - 1) : name;
}

/** One pod by itself. */
export function workloadOf(pod: UnknownRecord): Workload {
  const metadata = asRecord(pod['metadata']);
  const spec = asRecord(pod['spec']);
  const configMaps = asArray(spec['volumes']).map((volume) =>
    asText(asRecord(asRecord(volume)['configMap'])['name']),
  );
  return {
    namespace: asText(metadata['namespace']),
    name: nameOf(metadata),
    pods: [asText(metadata['name'])],
    labels: asLabels(metadata['labels']),
    containers: asArray(spec['containers']).map((value) => {
      const { name, image, command, args } = asRecord(value);
      return {
        name: asText(name),
        image: asText(image),
        args: [...asArray(command), ...asArray(args)].map(asText),
      };
    }),
    configMaps: configMaps.filter((name) => name !== ''),
  };
}

/** Groups pods by what made them. */
export function workloadsOf(pods: readonly UnknownRecord[]): readonly Workload[] {
  const groups = new Map<string, Workload>();
  const isLive = (pod: UnknownRecord) =>
    !['Failed', 'Succeeded'].includes(asText(asRecord(pod['status'])['phase'])) &&
    asRecord(pod['metadata'])['deletionTimestamp'] === undefined;
  for (const workload of pods.filter(isLive).map(workloadOf)) {
    const key = `${workload.namespace}/${workload.name} ${workload.containers.map(({ image }) => image).join()}`;
    const others = groups.get(key)?.pods ?? [];
    groups.set(key, { ...workload, pods: [...others, ...workload.pods] });
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, workload]) => workload);
}

/** The container that runs the ingress controller. */
export function controllerContainer({ containers }: Workload): Container | undefined {
  return containers.find(({ image }) => /(?:^|\/)apisix-ingress-controller(?:[:@]|$)/.test(image));
}

/** The container that runs APISIX, by its image, else by the chart's label. */
export function apisixContainer(workload: Workload): Container | undefined {
  const { containers, labels } = workload;
  const own = containers.find(({ image }) => /(?:^|\/)apache\/apisix(?:[:@]|$)/.test(image));
  return own ?? (labels['app.kubernetes.io/name'] === 'apisix' ? containers[0] : undefined);
}

/** The container that runs ADC for the controller 2.x. */
export function adcContainer({ containers }: Workload): Container | undefined {
  return containers.find(({ image, name }) => /\/adc(?:[:@]|$)/.test(image) || name === 'adc-server');
}
