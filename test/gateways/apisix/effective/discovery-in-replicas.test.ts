import { expect, test } from 'vitest';
import type { ServiceReport } from '../../../../source/core/report.ts';
import { apisixPods, id, upstreamOf } from '../../../helpers/apisix-pods.ts';
import { at } from '../../../helpers/judging.ts';
import { ips } from '../../../helpers/snapshot.ts';

const runtimeOf = ({ replicas = [] }: ServiceReport) =>
  replicas.find(({ name }) => name === 'gw/a')?.layers.find(({ name }) => name === 'Runtime');

test('nodes that no worker has looked up yet are Unread, after six attempts', async () => {
  const gateway = apisixPods();
  const apisix = await gateway.pod('a');
  apisix.put('upstreams', id, {
    id,
    name: 'shop_web_80',
    type: 'roundrobin',
    discovery_type: 'kubernetes',
    service_name: 'shop/web:http',
  });
  const told = await gateway.report();
  expect(runtimeOf(told)?.reason).toMatch(/no worker that answered has looked the nodes up/);
  expect(apisix.requests.filter(({ path }) => path === `/v1/upstream/${id}`)).toHaveLength(6);
});

test("nodes that are discovered are those of each pod's own dump, whatever a worker remembers", async () => {
  const gateway = apisixPods();
  const dumpOf = (hosts: readonly string[]) => {
    const nodes = hosts.map((host) => ({ host, port: 8080, weight: 50 }));
    const endpoints = [{ name: 'shop/web', value: JSON.stringify({ http: nodes }) }];
    return { endpoints: [{ endpoints }], config: {} };
  };
  const discovered = { ...upstreamOf([]), discovery_type: 'kubernetes', service_name: 'shop/web:http' };
  const remembering = await gateway.pod('a');
  remembering.put('upstreams', id, { ...discovered, nodes: upstreamOf(ips(9)).nodes });
  remembering.setDump(dumpOf(ips(1, 2, 3)));
  const late = await gateway.pod('b');
  late.put('upstreams', id, { ...discovered, nodes: undefined });
  late.setDump(dumpOf(ips(1, 2)));
  const told = await gateway.report();
  expect(told.findings).toMatchObject([{ code: 'ReplicaSplit', replica: 'gw/b', addresses: at(3) }]);
  expect(runtimeOf(told)).toMatchObject({ state: 'Read', addresses: 3 });
});
