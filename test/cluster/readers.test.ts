import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCluster, type Cluster } from '../../source/sources/kubernetes/connection.ts';
import { send } from '../../source/sources/kubernetes/connection/send.ts';
import { kinds, type Kind } from '../../source/sources/kubernetes/kinds.ts';
import { list } from '../../source/sources/kubernetes/layer.ts';
import type { Listing } from '../../source/sources/kubernetes/listing.ts';
import { listPath } from '../../source/sources/kubernetes/paths.ts';
import { protobufType } from '../../source/sources/kubernetes/protobuf/decode.ts';
import { openWatch, type WatchEvent } from '../../source/sources/kubernetes/watch/events.ts';
import { apply, storeOf, type Named } from '../../source/sources/kubernetes/watch/store.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import { byJson, expectSame, namespacedKinds } from './readers.ts';
import { crowd, gatherCrowd, settledHttpbin } from './settled.ts';

const plane = sharedPlane();

let cluster: Cluster;
beforeAll(async () => {
  cluster = await openCluster({ kubeconfig: plane.kubeconfig }, {});
});
afterAll(() => {
  cluster.close();
});

/** ms in which a watch must have told of changes that are over. */
const soon = 60_000;

/** What a watch tells from a list on, until nothing is left of what was there. */
async function history(
  kind: Kind<Named>,
  own: string,
  { items, resourceVersion }: Listing<Named>,
): Promise<readonly WatchEvent<Named>[]> {
  const store = storeOf(items, resourceVersion);
  const events: WatchEvent<Named>[] = [];
  const request = { query: { resourceVersion }, signal: AbortSignal.timeout(soon) };
  for await (const batch of await openWatch(cluster, kind, { namespace: own }, request)) {
    for (const event of batch) apply(store, event);
    // Each watch has its own bookmarks, at a time of its own.
    events.push(...batch.filter(({ type }) => type !== 'Bookmark'));
    if (store.items.size === 0) break;
  }
  return events;
}

describe.each([...namespacedKinds, kinds.nodes].map((kind) => [kind.plural, kind]))('%s', (_, kind) => {
  const path = listPath(kind, undefined);

  test('come as protobuf in a list', async () => {
    const url = new URL(plane.server + path);
    const get = { url, accept: protobufType, isCompressed: true, timeout: 0 };
    const { status, contentType } = await send(await cluster.session(), get);
    expect({ status, contentType }).toEqual({ status: 200, contentType: protobufType });
  });

  test('come as protobuf in a watch', async () => {
    const closed = new AbortController();
    const how = { accept: protobufType, signal: closed.signal };
    const { contentType } = await cluster.stream(path, { watch: 'true' }, how);
    closed.abort();
    expect(contentType).toBe(`${protobufType};stream=watch`);
  });
});

test('1500 pods with what their Service publishes of them, and all nodes, are the same by both readers', async () => {
  await gatherCrowd(plane);
  for (const kind of namespacedKinds) await expectSame(cluster, kind, { namespace: crowd });
  await expectSame(cluster, kinds.nodes, {});
});

test('what few objects have is the same by both readers: sidecars, the network of the node, a held deletion', async () => {
  const own = await namespace(plane);
  const metadata = { namespace: own, name: 'held', finalizers: ['example.com/hold'] };
  const sidecar = {
    name: 'proxy',
    image: 'proxy',
    restartPolicy: 'Always',
    ports: [{ name: 'proxy', containerPort: 8443 }],
  };
  const spec = { hostNetwork: true, initContainers: [sidecar], containers: [{ name: 'web', image: 'web' }] };
  await plane.apply([
    { apiVersion: 'v1', kind: 'Pod', metadata, spec },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata,
      addressType: 'IPv4',
      endpoints: [],
    },
  ]);
  await plane.output(['delete', 'pods,endpointslices', '--all', '--wait=false', '-n', own]);
  const [pods, slices] = await Promise.all([
    list(cluster, kinds.pods, { namespace: own }),
    list(cluster, kinds.endpointSlices, { namespace: own }),
  ]);
  const namedPorts = [{ name: 'proxy', containerPort: 8443, protocol: 'TCP' }];
  expect(pods.items).toMatchObject([{ name: 'held', terminating: true, hostNetwork: true, namedPorts }]);
  expect(slices.items).toMatchObject([{ name: 'held', terminating: true }]);
  for (const kind of namespacedKinds) await expectSame(cluster, kind, { namespace: own });
});

test('a watch tells the same by both readers of a Service and its pods, until the last is gone', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 3 });
  const lists = namespacedKinds.map(async (kind) => ({
    kind,
    before: await list(cluster, kind, { namespace: own }),
  }));
  const begun = await Promise.all(lists);
  await plane.output(['label', 'service', 'httpbin', 'tier=web', '-n', own]);
  await settledHttpbin(plane, { namespace: own, replicas: 5 });
  await plane.output(['delete', 'deployments,services', '--all', '-n', own]);
  for (const { kind, before } of begun) {
    const told = await history(byJson(kind), own, before);
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(['Set', 'Deleted']));
    expect(await history(kind, own, before)).toEqual(told);
  }
});
