import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { apisix as kind } from '../../../../source/gateways/apisix/kind.ts';
import { idOfName } from '../../../../source/gateways/apisix/name.ts';
import type { GatewayOptions } from '../../../../source/gateways/gateway.ts';
import { itemsOf, type Upstream } from '../../../../source/core/snapshot.ts';
import { readCaptured } from '../../../helpers/apisix/captures.ts';
import { startApisix, type Apisix } from '../../../helpers/apisix/server.ts';
import { agreed, at, drift, reportOf } from '../../../helpers/judging.ts';
import { fakeKube, podObject } from '../../../helpers/kube-api.ts';
import { secrets } from '../../../helpers/secrets.ts';
import { ips, service } from '../../../helpers/snapshot.ts';

const { adminKey, recordedToken: token } = secrets;
const id = idOfName('shop_web_80');
const pod = { namespace: 'gw', name: 'apisix-0' };
const discovered = {
  name: 'shop_web_80',
  type: 'roundrobin',
  discovery_type: 'kubernetes',
  service_name: 'shop/web:http',
};

/** What kubernetes discovery answers when it found these for shop/web. */
function dumpOf(hosts: readonly string[]): unknown {
  const nodes = hosts.map((host) => ({ host, port: 8080, weight: 50 }));
  const entry = { name: 'shop/web', value: JSON.stringify({ http: nodes }) };
  return { endpoints: [{ endpoints: [entry] }], config: { client: { token } } };
}

/** An APISIX that looks the nodes of shop/web up itself. */
async function discovering(dump?: unknown): Promise<Apisix> {
  const apisix = await startApisix({ flavour: 'v3', adminKey });
  onTestFinished(apisix.close);
  apisix.put('upstreams', id, discovered);
  if (dump !== undefined) apisix.setDump(dump);
  return apisix;
}

async function read(apisix: Apisix, options: Partial<GatewayOptions> = { pod }) {
  const opened = await kind.open(
    {
      namespace: 'shop',
      timeoutMs: 10_000,
      everything: false,
      isGiven: true,
      allReplicas: false,
      ...options,
    },
    {
      kube: fakeKube({ '/api/v1/namespaces/gw/pods/apisix-0': podObject('gw/apisix-0') }),
      env: { APISIX_ADMIN_KEY: adminKey },
      readFile: () => Promise.reject(new Error('no file')),
      exec: () => Promise.reject(new Error('nothing is run')),
      notice: () => undefined,
      dial: (_pod, port) =>
        Promise.resolve(connect(port === 9180 ? apisix.adminPort : apisix.controlPort, '127.0.0.1')),
    },
  );
  if (opened.state !== 'Open') throw new Error(opened.state);
  const [gateway] = opened.gateways;
  if (!gateway) throw new Error('no gateway');
  onTestFinished(gateway.close);
  return (await gateway.read({ services: [service()], routes: [] })).upstreams;
}

async function reasonOf(apisix: Apisix, options?: Partial<GatewayOptions>) {
  const [upstream] = itemsOf<Upstream>(await read(apisix, options));
  return upstream?.nodes.state === 'Unread' ? upstream.nodes.reason : undefined;
}

const controlPaths = ({ requests }: Apisix) =>
  requests.filter(({ port }) => port === 'control').map(({ path }) => path);

describe('nodes that APISIX looks up itself', () => {
  test('are those of the dump of its control API, which is asked for once', async () => {
    const apisix = await discovering(dumpOf(ips(1, 2, 3)));
    const upstreams = await read(apisix);
    expect(reportOf({ ...agreed, upstreams })).toMatchObject({ status: 'Synced', findings: [] });
    expect(controlPaths(apisix)).toEqual(['/v1/discovery/kubernetes/dump']);
    expect(JSON.stringify(upstreams)).not.toContain(token);
  });

  test('are judged as any others', async () => {
    const upstreams = await read(await discovering(dumpOf(ips(1, 2))));
    expect(drift(reportOf({ ...agreed, upstreams }))).toEqual([['MissingFromUpstream', at(3)]]);
  });

  test('are none in a dump of the real APISIX that does not have the Service', async () => {
    const captured: unknown = JSON.parse(readCaptured('v3/ctl-discovery-k8s-dump.json'));
    const upstreams = await read(await discovering(captured));
    expect(itemsOf<Upstream>(upstreams)).toMatchObject([{ nodes: { state: 'Read', items: [] } }]);
    expect(JSON.stringify(upstreams)).not.toContain(token);
  });
});

describe('without the dump they stay Unread', () => {
  const begin = /^APISIX looks the nodes up itself \(kubernetes discovery of "shop\/web:http"\).*; /;
  const control = 'the APISIX control API';

  test('where APISIX has none', async () => {
    expect(await reasonOf(await discovering())).toMatch(
      new RegExp(
        `${begin.source}${control} has no dump of kubernetes discovery \\(404\\): APISIX before 3.10`,
      ),
    );
  });

  test('where the answer is something else, of which nothing is said', async () => {
    const reason = await reasonOf(await discovering({ token }));
    expect(reason).toMatch(
      new RegExp(
        `${begin.source}${control} answered with something that is no dump of kubernetes discovery$`,
      ),
    );
  });

  test('where a URL leads to the admin API alone, and nobody is asked', async () => {
    const apisix = await discovering(dumpOf(ips(1)));
    const reason = await reasonOf(apisix, { url: apisix.adminUrl });
    expect(reason).toMatch(/; a URL does not tell where its control API is$/);
    expect(controlPaths(apisix)).toEqual([]);
  });

  test('where the control API cannot be reached', async () => {
    const closed = await startApisix({ flavour: 'v3', adminKey });
    await closed.close();
    const { controlPort } = closed;
    const reason = await reasonOf({ ...(await discovering()), controlPort });
    expect(reason).toMatch(/; cannot read the APISIX control API at pod gw\/apisix-0: connection refused$/);
  });
});

test('an upstream that holds its nodes costs the control API nothing', async () => {
  const apisix = await discovering(dumpOf(ips(1)));
  apisix.put('upstreams', id, { name: 'shop_web_80', type: 'roundrobin', nodes: { '192.0.2.1:8080': 1 } });
  await read(apisix);
  expect(controlPaths(apisix)).toEqual([]);
});
