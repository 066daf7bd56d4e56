import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { loadAll } from 'js-yaml';
import { itemsOf, routesOf, type Upstream } from '../../source/core/snapshot.ts';
import { parseAnswer, type ApisixItem } from '../../source/gateways/apisix/answer.ts';
import type { Known } from '../../source/gateways/gateway.ts';
import { collectKubernetes, type FileLayers } from '../../source/sources/files/kubernetes.ts';

const root = fileURLToPath(new URL('../fixtures/ingress-controller/', import.meta.url));

/** A recorded file, unpacked. */
export function recordedText(path: string): string {
  const bytes = readFileSync(`${root}${path}`);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

export function recordedJson(path: string): unknown {
  return JSON.parse(recordedText(path));
}

/** The objects of an answer of APISIX. */
export function itemsIn(answer: unknown): readonly ApisixItem[] {
  const parsed = parseAnswer(answer);
  if (parsed?.kind !== 'items') throw new Error(`no objects: ${JSON.stringify(parsed)}`);
  return parsed.items;
}

/** What the admin API held in the end, as the answer to a list of it. */
export function store(path: string, flavour: 'v3' | 'v2' = 'v3'): readonly ApisixItem[] {
  const list = Object.entries(recordedJson(path) as Record<string, unknown>).map(([key, value]) => ({
    key,
    value,
  }));
  return itemsIn(
    flavour === 'v3'
      ? { total: list.length, list }
      : { action: 'get', node: { key: '/apisix', dir: true, nodes: list } },
  );
}

/** The Kubernetes objects that were applied. */
export function applied(...paths: readonly string[]): FileLayers {
  const documents = paths.flatMap((source) =>
    loadAll(recordedText(source)).map((value) => ({ source, value })),
  );
  return collectKubernetes(documents).layers;
}

export function knownIn(layers: FileLayers): Known {
  return { services: itemsOf(layers.services), routes: routesOf(layers) };
}

/** `name -> namespace/service:port`, with the subset and `by ClusterIP`; nothing for those without a Service. */
export function ownersIn(upstreams: readonly Upstream[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    upstreams.flatMap(({ name, id, service }) => {
      if (!service) return [];
      const { namespace, name: own, port, subset, granularity } = service;
      const remarks = [
        ...(subset === undefined ? [] : [subset]),
        ...(granularity === 'service' ? ['by ClusterIP'] : []),
      ];
      return [[name === '' ? id : name, [`${namespace}/${own}:${port}`, ...remarks].join(' ')]];
    }),
  );
}
