import { readFileSync } from 'node:fs';

/** A file that the real controller 1.8.4 was configured with, or wrote. */
export function controllerFile(name: string): string {
  return readFileSync(new URL(`../fixtures/ingress-controller/v1.8.4/${name}`, import.meta.url), 'utf8');
}

type PodParts = {
  readonly namespace?: string;
  /** Of the Deployment. */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    readonly args?: readonly string[];
  }[];
  readonly configMaps?: readonly string[];
};

/** A pod of a Deployment, as a Helm release leaves it. */
export function deployedPod({
  namespace = 'ingress-apisix',
  name,
  labels,
  containers,
  configMaps = [],
}: PodParts): unknown {
  const hash = '7d5689c4d';
  return {
    metadata: {
      namespace,
      name: `${name}-${hash}-228tr`,
      labels: { 'app.kubernetes.io/name': name, 'pod-template-hash': hash, ...labels },
      ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-${hash}` }],
    },
    spec: { containers, volumes: configMaps.map((configMap) => ({ configMap: { name: configMap } })) },
    status: { phase: 'Running' },
  };
}

/** apisix-ingress-controller of the Helm release `apisix`. */
export function controllerPod(tag = '1.8.4'): unknown {
  const name = 'apisix-ingress-controller';
  const image = `apache/${name}:${tag}`;
  const args = ['ingress', '--config-path', '/ingress-apisix/conf/config.yaml'];
  return deployedPod({ name, containers: [{ name, image, args }], configMaps: ['apisix-configmap'] });
}

/** APISIX of the same release. */
export function apisixPod(image = 'apache/apisix:3.18.0-debian'): unknown {
  return deployedPod({ name: 'apisix', containers: [{ name: 'apisix', image }], configMaps: ['apisix'] });
}

export function configMap(name: string, text: string): unknown {
  return { metadata: { namespace: 'ingress-apisix', name }, data: { 'config.yaml': text } };
}
