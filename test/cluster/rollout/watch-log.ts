import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Client } from '../plane/client.ts';
import { endWithUs } from '../plane/leave-nothing.ts';
import { mentionsOf, type KubernetesObject, type Mention, type Resource } from './facts.ts';

/** One object as the API server told of it. */
export type LogEvent = {
  readonly resource: Resource;
  /** Of the object. */
  readonly name: string;
  /** etcd's: one count for all objects. */
  readonly revision: number;
  /** ms since the epoch, when it was heard. */
  readonly time: number;
  /** None of an object that is gone. */
  readonly mentions: readonly Mention[];
};

/** Everything that the API server told of a Service from some moment on. */
export type WatchLog = {
  /** In etcd's order. */
  readonly events: () => readonly LogEvent[];
  /** Ends the watches. */
  readonly stop: () => Promise<void>;
};

type Told = { readonly type: string; readonly object: KubernetesObject };

type Lists = {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubernetesObject[];
};

/** Of Service `httpbin` in a namespace where all pods are its own. */
function pathsIn(namespace: string): Readonly<Record<Resource, string>> {
  return {
    pods: `/api/v1/namespaces/${namespace}/pods?`,
    endpointslices: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dhttpbin&`,
    endpoints: `/api/v1/namespaces/${namespace}/endpoints?fieldSelector=metadata.name%3Dhttpbin&`,
  };
}

function eventOf(resource: Resource, { type, object }: Told): LogEvent {
  if (!['ADDED', 'MODIFIED', 'DELETED'].includes(type))
    throw new Error(`the watch of ${resource} says ${type}`);
  return {
    resource,
    name: object.metadata.name,
    revision: Number(object.metadata.resourceVersion),
    time: Date.now(),
    mentions: type === 'DELETED' ? [] : mentionsOf[resource](object),
  };
}

/** Hears the lines that a kubectl writes until it ends. */
async function listen(child: ChildProcessByStdio<null, Readable, null>, hear: (line: string) => void) {
  const ended = once(child, 'close');
  endWithUs(child.pid ?? 0, ended);
  createInterface(child.stdout).on('line', hear);
  await ended;
}

/** Lists one kind and watches it from there; returns what ends the watch. */
async function follow(
  { programs, env, output }: Client,
  { resource, url, hear }: { resource: Resource; url: string; hear: (event: LogEvent) => void },
): Promise<() => Promise<void>> {
  const list = JSON.parse(await output(['get', '--raw', url])) as Lists;
  let revision = Number(list.metadata.resourceVersion);
  for (const object of list.items) hear(eventOf(resource, { type: 'ADDED', object }));
  const stopped = new AbortController();
  const watch = () => {
    const raw = ['get', '--raw', `${url}watch=true&resourceVersion=${revision}`];
    return spawn(path.join(programs, 'kubectl'), raw, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  };
  let child: ReturnType<typeof watch> | undefined;
  const watching = (async () => {
    // The API server closes a watch that is too slow: it goes on where it ended, so that nothing is left out.
    while (!stopped.signal.aborted) {
      child = watch();
      await listen(child, (line) => {
        const event = eventOf(resource, JSON.parse(line) as Told);
        revision = event.revision;
        hear(event);
      });
    }
  })();
  return async () => {
    stopped.abort();
    child?.kill();
    await watching;
  };
}

/** Follows the pods, the slices and the Endpoints of Service `httpbin`, each by a watch of its own. */
export async function startWatchLog(client: Client, namespace: string): Promise<WatchLog> {
  const events: LogEvent[] = [];
  const hear = (event: LogEvent) => events.push(event);
  const watches = await Promise.all(
    Object.entries(pathsIn(namespace)).map(([resource, url]) =>
      follow(client, { resource: resource as Resource, url, hear }),
    ),
  );
  return {
    events: () => events.toSorted((a, b) => a.revision - b.revision),
    stop: async () => {
      for (const end of watches) await end();
    },
  };
}
