import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import {
  followGateway,
  type FollowGatewayOptions,
  type GatewayPace,
} from '../../../source/commands/follow/follow-gateway.ts';
import { openGatewayReader, type GatewayLayers } from '../../../source/commands/gateway.ts';
import { EpsError } from '../../../source/core/error.ts';
import type { Service } from '../../../source/core/kubernetes.ts';
import { itemsOf, type Replica, type Snapshot } from '../../../source/core/snapshot.ts';
import { idOfName } from '../../../source/gateways/apisix/name.ts';
import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import { mirror, open as openCluster, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';
import { secrets } from '../../helpers/secrets.ts';
import { read, service, snapshot } from '../../helpers/snapshot.ts';

const { adminKey } = secrets;
const id = idOfName('shop_web_80');
const quick: GatewayPace = { every: 10, soonest: 1, everyCostly: 20 };
/** A poll that is not hurried never comes. */
const never = 3_600_000;
const takenAt = '2026-01-01T00:00:00.000Z';

/** A loaded machine takes its time. */
const poll = (look: () => unknown) => expect.poll(look, { timeout: 10_000, interval: 2 });

let apisix: Apisix;
beforeEach(async () => {
  apisix = await startApisix({ flavour: 'v3', adminKey });
  onTestFinished(apisix.close);
});

function put(...hosts: readonly string[]): void {
  const nodes = hosts.map((host) => ({ host, port: 8080, weight: 100 }));
  apisix.put('upstreams', id, { id, name: 'shop_web_80', type: 'roundrobin', nodes });
}

const asked = () => apisix.requests.map(({ path }) => path.replace('/apisix/admin/', ''));
const hostsIn = (layers: GatewayLayers | undefined) =>
  layers && itemsOf(layers.upstreams).flatMap(({ nodes }) => (nodes.state === 'Read' ? nodes.items : []));

/** Follows the gateway of these Services until the test ends. */
async function follow(services: readonly Service[], changes: Partial<FollowGatewayOptions> = {}) {
  const { url } = await serve(mirror);
  const cluster = await openCluster(kubeconfigText(url));
  const options = { url: apisix.adminUrl, allReplicas: false, timeoutMs: 5_000 };
  const open = vi.fn(() =>
    openGatewayReader(cluster, options, {
      env: { APISIX_ADMIN_KEY: adminKey },
      notice: () => undefined,
    }),
  );
  const failed = vi.fn();
  const known = async (): Promise<Snapshot | undefined> => {
    // It is asked for as soon as it is followed.
    await Promise.resolve();
    const { versions, ...layers } = followed.layers() ?? { versions: {} };
    return services.length === 0 ? undefined : snapshot({ services: read(services), versions, ...layers });
  };
  const followed = followGateway({
    open,
    everything: false,
    known,
    now: () => new Date(takenAt),
    changed: () => undefined,
    failed,
    pace: quick,
    ...changes,
  });
  onTestFinished(followed.stop);
  return { followed, open, failed };
}

test('one Service is read by id again and again, through one reader, and no list is asked for', async () => {
  put('10.0.0.1');
  const { followed, open } = await follow([service()]);
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.1' }]);
  put('10.0.0.2');
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.2' }]);
  expect(new Set(asked())).toEqual(new Set([`upstreams/${id}`]));
  expect(open).toHaveBeenCalledOnce();
  expect(followed.freshness()).toEqual([{ layer: 'Upstream', state: 'Live', isPolled: true, at: takenAt }]);
});

test('several Services are read anew each time', async () => {
  put('10.0.0.1');
  const { followed } = await follow([service(), service({ name: 'api', uid: 'uid-api' })]);
  await poll(() => asked().filter((path) => path === `upstreams/${id}`).length).toBeGreaterThan(2);
  expect(hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.1' }]);
  expect(asked()).toContain(`upstreams/${idOfName('shop_api_80')}`);
});

test('a change in the cluster makes the next poll come sooner', async () => {
  put('10.0.0.1');
  const { followed } = await follow([service()], { pace: { ...quick, every: never } });
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.1' }]);
  put('10.0.0.2');
  followed.hurry();
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.2' }]);
});

test('what was read stays, as stale, while the gateway refuses, and the gateway is found anew', async () => {
  put('10.0.0.1');
  const { followed, open } = await follow([service()]);
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.1' }]);
  apisix.fail('wrong-key');
  const reason = 'the APISIX admin API refused the key (401)';
  await poll(followed.freshness).toEqual([
    { layer: 'Upstream', state: 'Stale', isPolled: true, at: takenAt, reason },
  ]);
  expect(hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.1' }]);
  put('10.0.0.2');
  apisix.fail(undefined);
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.2' }]);
  expect(followed.freshness()).toMatchObject([{ state: 'Live' }]);
  expect(open.mock.calls.length).toBeGreaterThan(1);
});

test('a gateway that costs more is asked less often: one that refuses, or that is read by lists', async () => {
  apisix.fail('wrong-key');
  const pace = { ...quick, everyCostly: never };
  const { followed } = await follow([service()], { pace });
  await poll(followed.freshness).toMatchObject([{ state: 'Stale' }]);
  const lists = await follow([service()], { pace, everything: true });
  await poll(lists.followed.freshness).toMatchObject([{ state: 'Stale' }]);
  expect(asked()).toHaveLength(2);
});

test('one that cannot be found is Unread until it is', async () => {
  put('10.0.0.1');
  const { open } = await follow([]);
  let isThere = false;
  const { followed, failed } = await follow([service()], {
    open: () => (isThere ? open() : Promise.reject(new EpsError('pods "apisix-0" not found'))),
  });
  await poll(() => followed.layers()?.upstreams).toMatchObject({
    state: 'Unread',
    reason: 'pods "apisix-0" not found',
  });
  isThere = true;
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.1' }]);
  expect(failed).not.toHaveBeenCalled();
});

test('a bug is no trouble of the gateway, and is handed on', async () => {
  const bug = new TypeError('not a function');
  const { failed, followed } = await follow([service()], { open: () => Promise.reject(bug) });
  await poll(() => failed.mock.calls).toEqual([[bug]]);
  expect(followed.layers()).toBeUndefined();
});

test('while there is no Service to ask for, nothing is asked', async () => {
  const known = vi.fn(() => Promise.resolve(undefined));
  const { followed, open } = await follow([], { known });
  await poll(() => known.mock.calls.length).toBeGreaterThan(2);
  expect([followed.layers(), followed.freshness()]).toEqual([undefined, []]);
  expect(open).not.toHaveBeenCalled();
});

test('once stopped it asks no more, and its reader is closed', async () => {
  put('10.0.0.1');
  const close = vi.fn();
  const others = await follow([service()]);
  const { followed } = await follow([service()], {
    open: async () => ({ ...(await others.open()), close }),
  });
  await poll(() => hostsIn(followed.layers())).toMatchObject([{ host: '10.0.0.1' }]);
  followed.stop();
  await poll(() => close.mock.calls.length).toBeGreaterThan(0);
  const last = followed.layers();
  followed.hurry();
  put('10.0.0.2');
  await poll(() => hostsIn(others.followed.layers())).toMatchObject([{ host: '10.0.0.2' }]);
  expect(followed.layers()).toBe(last);
});

test('a pod that could not be read is asked anew, and by no list', async () => {
  const replica = (name: string, upstreams: Replica['upstreams']): Replica => ({
    name,
    gateway: 'apisix',
    isStandalone: false,
    upstreams,
    runtime: { state: 'Absent' },
    healthChecks: { state: 'Absent' },
  });
  const refused = { state: 'Unread', reason: 'no answer within 5 s', source: '' } as const;
  const layers = (...replicas: readonly Replica[]): GatewayLayers => ({
    versions: {},
    upstreams: read([]),
    replicas: read(replicas),
  });
  const reader = {
    read: vi.fn(() => Promise.resolve(layers(replica('a', read([])), replica('b', refused)))),
    again: vi.fn((_: readonly Service[], before: Snapshot) => {
      const isBAsked = itemsOf(before.replicas).every(({ name }) => name !== 'b');
      return Promise.resolve(layers(replica('a', read([])), replica('b', isBAsked ? read([]) : refused)));
    }),
    close: () => undefined,
  };
  const { followed } = await follow([service()], { open: () => Promise.resolve(reader) });
  const states = () =>
    itemsOf(followed.layers()?.replicas ?? read<Replica>([])).map((one) => one.upstreams.state);
  await poll(states).toEqual(['Read', 'Read']);
  expect(reader.read).toHaveBeenCalledOnce();
});

test('of several gateways one that did not answer is found anew and read whole, with all the others', async () => {
  const told = (reason?: string): GatewayLayers => ({
    versions: {},
    upstreams: read([]),
    replicas: { state: 'Absent' },
    gateways: [
      { name: 'apisix', source: '' },
      { name: 'edge', source: '', ...(reason !== undefined && { reason }) },
    ],
  });
  const [refusing, answering] = [told('no answer within 5 s'), told()];
  const open = vi.fn(() => {
    const isFirst = open.mock.calls.length === 1;
    return Promise.resolve({
      read: () => Promise.resolve(isFirst ? refusing : answering),
      again: () => Promise.resolve(isFirst ? refusing : answering),
      close: () => undefined,
    });
  });
  const { followed } = await follow([service()], { open });
  await poll(() => followed.layers()?.gateways).toEqual(answering.gateways);
  expect(open).toHaveBeenCalledTimes(2);
});
