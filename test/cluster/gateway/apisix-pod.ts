import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dump } from 'js-yaml';
import type { Apisix } from '../../helpers/apisix/server.ts';
import type { Client } from '../plane/client.ts';
import { eventually } from '../wait.ts';

export type ApisixPod = { readonly namespace: string; readonly name: string };

export type ApisixPodsOptions = {
  readonly namespace: string;
  /** A pod for each, whose ports lead to it. */
  readonly apisixes: readonly Apisix[];
  readonly adminKey: string;
  readonly viewerKey: string;
};

/** Inside of the pod; 9180 and 9090 are APISIX's defaults. */
const ports = { http: 9080, admin: 9180, control: 9090 };

const labels = { 'app.kubernetes.io/name': 'apisix', 'app.kubernetes.io/instance': 'apisix' };

/** The part of APISIX's own configuration that says who may use the admin API. */
function configFor({ adminKey, viewerKey }: ApisixPodsOptions): string {
  const admin = {
    allow_admin: ['127.0.0.1/24'],
    admin_listen: { ip: '0.0.0.0', port: ports.admin },
    admin_key: [
      { name: 'admin', key: adminKey, role: 'admin' },
      { name: 'viewer', key: viewerKey, role: 'viewer' },
    ],
  };
  return dump({
    apisix: { enable_control: true, control: { ip: '127.0.0.1', port: ports.control } },
    deployment: { role: 'traditional', role_traditional: { config_provider: 'etcd' }, admin },
  });
}

/** What the Helm release `apisix` leaves in the cluster, and a Secret with the keys beside it. */
function release(options: ApisixPodsOptions): readonly object[] {
  const { namespace, apisixes, adminKey, viewerKey } = options;
  const metadata = { name: 'apisix', namespace, labels };
  const container = {
    name: 'apisix',
    image: 'apache/apisix:3.18.0-debian',
    ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
    volumeMounts: [
      { name: 'apisix-config', mountPath: '/usr/local/apisix/conf/config.yaml', subPath: 'config.yaml' },
    ],
  };
  const spec = {
    terminationGracePeriodSeconds: 0,
    containers: [container],
    volumes: [{ name: 'apisix-config', configMap: { name: 'apisix' } }],
  };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'config.yaml': configFor(options) } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'apisix-admin', namespace },
      stringData: { admin: adminKey, viewer: viewerKey },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: apisixes.length,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec },
      },
    },
  ];
}

/** In the pod, curl finds at 9180 and 9090 what a port-forward finds there. */
function curlHome({ dir }: Client, { adminPort, controlPort }: Apisix): string {
  const home = mkdtempSync(path.join(dir, 'apisix-pod-'));
  const to = (port: number, local: number) => `connect-to = ":${port}:127.0.0.1:${local}"\n`;
  writeFileSync(path.join(home, '.curlrc'), to(ports.admin, adminPort) + to(ports.control, controlPort));
  return home;
}

/** For KWOK, which plays the pod's kubelet. */
function connections(client: Client, metadata: ApisixPod, apisix: Apisix): readonly object[] {
  const apiVersion = 'kwok.x-k8s.io/v1alpha1';
  const forward = (port: number, local: number) => ({
    ports: [port],
    target: { address: '127.0.0.1', port: local },
  });
  const forwards = [forward(ports.admin, apisix.adminPort), forward(ports.control, apisix.controlPort)];
  const local = { envs: [{ name: 'CURL_HOME', value: curlHome(client, apisix) }] };
  return [
    { apiVersion, kind: 'PortForward', metadata, spec: { forwards } },
    { apiVersion, kind: 'Exec', metadata, spec: { execs: [{ local }] } },
  ];
}

/**
 * A Deployment of APISIX, and its pods in the order of `apisixes`. Port-forward and exec reach each of them through
 * its pod, until that is deleted.
 */
export async function startApisixPods(
  client: Client,
  options: ApisixPodsOptions,
): Promise<readonly ApisixPod[]> {
  const { namespace, apisixes } = options;
  await client.apply(release(options));
  const inNamespace = `--namespace=${namespace}`;
  await client.output(['rollout', 'status', 'deployment/apisix', inNamespace, '--timeout=60s']);
  const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const jsonPath = 'jsonpath={.items[*].metadata.name}';
  const names = await client.output(['get', 'pods', inNamespace, `-l=${selector.join()}`, `-o=${jsonPath}`]);
  const pods = names.split(' ').map((name) => ({ namespace, name }));
  await client.apply(
    pods.flatMap((pod, index) => {
      const apisix = apisixes[index];
      return apisix ? connections(client, pod, apisix) : [];
    }),
  );
  for (const { name } of pods) {
    await eventually(`KWOK to know pod ${name}`, async () => {
      const { code } = await client.kubectl(['exec', inNamespace, name, '--', 'true']);
      return code === 0;
    });
  }
  return pods;
}
