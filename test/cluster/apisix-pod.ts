import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from './plane/client.ts';

export type ApisixPodOptions = {
  readonly namespace: string;
  readonly name: string;
  /** From a port of the pod to the loopback port that is behind it: `{ 9180: adminPort }`. */
  readonly forwards: Readonly<Record<number, number>>;
};

/** As the Helm chart names them. */
const containerPorts = [
  { name: 'http', containerPort: 9080 },
  { name: 'tls', containerPort: 9443 },
  { name: 'admin', containerPort: 9180 },
  { name: 'control', containerPort: 9090 },
];

/** The pod as the Helm chart makes it, and what KWOK plays behind it. */
function objects({ namespace, name, forwards }: ApisixPodOptions, curlHome: string): readonly object[] {
  const kwok = { apiVersion: 'kwok.x-k8s.io/v1alpha1', metadata: { name, namespace } };
  const ports = Object.entries(forwards).map(([port, local]) => ({
    ports: [Number(port)],
    target: { address: '127.0.0.1', port: local },
  }));
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { 'app.kubernetes.io/name': 'apisix' } },
      spec: { containers: [{ name: 'apisix', image: 'apache/apisix:3.17.0-debian', ports: containerPorts }] },
    },
    { ...kwok, kind: 'PortForward', spec: { forwards: ports } },
    {
      ...kwok,
      kind: 'Exec',
      spec: { execs: [{ local: { envs: [{ name: 'CURL_HOME', value: curlHome }] } }] },
    },
  ];
}

/**
 * A ready APISIX pod, whose ports lead to loopback ports by `port-forward`, and by `exec` of a curl to its
 * own 127.0.0.1: KWOK runs that here, with a `.curlrc` that says where the ports of this pod are.
 */
export async function createApisixPod(plane: Client, options: ApisixPodOptions): Promise<void> {
  const { namespace, name, forwards } = options;
  const curlHome = mkdtempSync(path.join(plane.dir, 'curl-'));
  const lines = Object.entries(forwards).map(
    ([port, local]) => `connect-to = "127.0.0.1:${port}:127.0.0.1:${local}"\n`,
  );
  writeFileSync(path.join(curlHome, '.curlrc'), lines.join(''));
  await plane.apply(objects(options, curlHome));
  await plane.output(['wait', '--for=condition=Ready', `pod/${name}`, `--namespace=${namespace}`]);
}
