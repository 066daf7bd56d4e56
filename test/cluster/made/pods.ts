import type { Client } from '../plane/client.ts';

export type PodOptions = {
  readonly namespace: string;
  readonly name: string;
  /** Of its only container. */
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  /** Bound to it without a scheduler; any node by default. */
  readonly nodeName?: string;
};

/** A pod that no Deployment keeps, with the label of httpbin's. */
export function pod({ namespace, name, ports, nodeName }: PodOptions): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: 'httpbin-deployment' } },
    spec: {
      ...(nodeName !== undefined && { nodeName }),
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'httpbin', image: 'kennethreitz/httpbin:latest', ports }],
    },
  };
}

/** The IPs of the namespace's pods, by name. */
export async function podIps(client: Client, namespace: string): Promise<ReadonlyMap<string, string>> {
  const columns = 'jsonpath={range .items[*]}{.metadata.name} {.status.podIP}{"\\n"}{end}';
  const text = await client.output(['get', 'pods', '-n', namespace, '-o', columns]);
  const lines = text.trimEnd().split('\n');
  return new Map(lines.map((line): [string, string] => [line.replace(/ .*/, ''), line.replace(/.* /, '')]));
}

/** Name of the pod that has the IP. */
export async function podAt(client: Client, namespace: string, ip: string): Promise<string> {
  const [name] = [...(await podIps(client, namespace))].find(([, own]) => own === ip) ?? [];
  if (name === undefined) throw new Error(`no pod has ${ip}`);
  return name;
}

type PodName = { readonly namespace: string; readonly name: string };

/** What its kubelet would write. Conditions come beside the others, by type. */
export async function setConditions(
  client: Client,
  { namespace, name }: PodName,
  conditions: Readonly<Record<string, boolean>>,
): Promise<void> {
  const list = Object.entries(conditions).map(([type, is]) => ({ type, status: is ? 'True' : 'False' }));
  const patch = ['--subresource=status', '-p', JSON.stringify({ status: { conditions: list } })];
  await client.output(['patch', 'pod', name, '-n', namespace, ...patch]);
}

/** The same IP may have been given to another pod. */
export async function setIp(client: Client, { namespace, name }: PodName, ip: string): Promise<void> {
  const status = { podIP: ip, podIPs: [{ ip }] };
  const patch = ['--subresource=status', '--type=merge', '-p', JSON.stringify({ status })];
  await client.output(['patch', 'pod', name, '-n', namespace, ...patch]);
}

async function setFinalizers(
  client: Client,
  { namespace, name }: PodName,
  finalizers: readonly string[],
): Promise<void> {
  const patch = JSON.stringify({ metadata: { finalizers } });
  await client.output(['patch', 'pod', name, '-n', namespace, '--type=merge', '-p', patch]);
}

/** Deletes the pod, which a finalizer keeps terminating until it is released. */
export async function holdTerminating(client: Client, pod: PodName): Promise<void> {
  await setFinalizers(client, pod, ['example.com/hold']);
  await client.output(['delete', 'pod', pod.name, '-n', pod.namespace, '--wait=false']);
}

export async function release(client: Client, pod: PodName): Promise<void> {
  await setFinalizers(client, pod, []);
}
