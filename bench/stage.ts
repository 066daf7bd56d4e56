import { startControlPlane, type ControlPlane } from '../test/cluster/control-plane.ts';
import { httpbin } from '../test/cluster/httpbin.ts';
import { kubectlView } from '../test/cluster/kubectl-view.ts';
import type { Client } from '../test/cluster/plane/client.ts';
import { isSettled } from '../test/cluster/settled.ts';
import { eventually } from '../test/cluster/wait.ts';

/** ms: KWOK and the controllers take minutes for thousands of pods. */
const patience = 900_000;

/** What the sections find in the cluster; each thing is made when it is first asked for. */
export type Stage = {
  readonly client: () => Promise<Client>;
  /** The namespace where httpbin has so many ready pods, all controllers having done their part. */
  readonly crowd: (replicas: number) => Promise<string>;
  /** 200 Services of 20 pods and 2 of 1000. */
  readonly fleet: () => Promise<Client>;
};

/** 10 namespaces of 20 Services, and one of the big ones. */
const fleetNamespaces = 10;
const servicesEach = 20;

/** httpbin under another name. */
function service(namespace: string, name: string, replicas: number): readonly object[] {
  const objects = JSON.stringify(httpbin({ namespace, replicas }));
  return JSON.parse(
    objects.replaceAll('httpbin-deployment', name).replaceAll('"name":"httpbin"', `"name":"${name}"`),
  ) as readonly object[];
}

const numbered = (count: number) => Array.from({ length: count }, (_, number) => number);

async function makeNamespaces(client: Client, names: readonly string[]): Promise<void> {
  await client.apply(names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })));
}

/** Waits until slices and Endpoints have so many ready addresses. */
async function published(client: Client, namespace: string, count: number): Promise<void> {
  const ready = {
    endpointslices: '{range .items[*].endpoints[?(@.conditions.ready==true)]}x{end}',
    endpoints: '{range .items[*].subsets[*].addresses[*]}x{end}',
  };
  for (const [kind, path] of Object.entries(ready)) {
    const isAll = async () => {
      const marks = await client.output(['get', kind, '-n', namespace, '-o', `jsonpath=${path}`]);
      return marks.length === count;
    };
    await eventually(`${count} ready addresses in the ${kind} of ${namespace}`, isAll, { timeout: patience });
  }
}

async function makeFleet(client: Client): Promise<void> {
  const small = numbered(fleetNamespaces).map((number) => `fleet-${number}`);
  await makeNamespaces(client, [...small, 'fleet-big']);
  await client.apply([
    ...small.flatMap((namespace) =>
      numbered(servicesEach).flatMap((number) => service(namespace, `web-${number}`, 20)),
    ),
    ...numbered(2).flatMap((number) => service('fleet-big', `big-${number}`, 1000)),
  ]);
  for (const namespace of small) await published(client, namespace, servicesEach * 20);
  await published(client, 'fleet-big', 2 * 1000);
}

async function makeCrowd(client: Client, replicas: number): Promise<string> {
  const namespace = `crowd-${replicas}`;
  await makeNamespaces(client, [namespace]);
  await client.apply(httpbin({ namespace, replicas }));
  await eventually(
    `${replicas} settled pods`,
    async () => isSettled(await kubectlView(client, namespace), replicas),
    { timeout: patience },
  );
  return namespace;
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

/** A stage on a cluster that runs, or that is started when something needs it. */
function stageOn(client: () => Promise<Client>): Stage {
  const crowds = new Map<number, Promise<string>>();
  return {
    client,
    crowd: (replicas) => {
      const made = crowds.get(replicas) ?? client().then((found) => makeCrowd(found, replicas));
      crowds.set(replicas, made);
      return made;
    },
    fleet: once(async () => {
      const found = await client();
      await makeFleet(found);
      return found;
    }),
  };
}

/** A stage of its own; `stop` ends what was started for it. */
export function openStage(): Stage & { readonly stop: () => Promise<void> } {
  let plane: Promise<ControlPlane> | undefined;
  const stage = stageOn(() => (plane ??= startControlPlane()));
  return { ...stage, stop: async () => (await plane)?.stop() };
}
