import { expect, test } from 'vitest';
import { askTogether } from '../../../source/commands/gateway.ts';
import { itemsOf } from '../../../source/core/snapshot.ts';
import { listReplicas } from '../../../source/core/upstream-list.ts';
import { printUpstreamTable } from '../../../source/views/upstream-table.ts';
import { apisixPods, id, upstreamOf, type ApisixPods } from '../../helpers/apisix-pods.ts';
import { ips, service } from '../../helpers/snapshot.ts';

/** What `upstream --all-replicas` lists. */
async function listAll({ open }: ApisixPods) {
  const opened = await open();
  if (opened.state !== 'Open') throw new Error(opened.state);
  const known = () => Promise.resolve({ services: [service()], routes: [], isWhole: true });
  const question = { known, pick: <Item>(items: readonly Item[]) => items };
  const told = await askTogether(
    opened.gateways,
    ({ list }) => list(question),
    () => undefined,
  );
  return listReplicas(itemsOf(told.replicas));
}

const counter = { success: 0, http_failure: 0, tcp_failure: 2, timeout_failure: 0 };
const checks = { active: { http_path: '/' } };

test('an upstream is listed once a pod: the pod that differs first, with the nodes that are well', async () => {
  const pods = apisixPods();
  await pods.pod('a');
  (await pods.pod('b', ips(1, 2))).put('upstreams', 'other', { id: 'other', name: 'other', nodes: {} });
  const checked = await pods.pod('c');
  checked.put('upstreams', id, { ...upstreamOf(ips(1, 2, 3)), checks });
  const status = (ip: string) => (ip === ips(2)[0] ? ('unhealthy' as const) : ('healthy' as const));
  const nodes = ips(1, 2, 3).map((ip) => ({ ip, port: 8080, status: status(ip), counter }));
  checked.setCheckers([{ resource: 'upstreams', id, nodes }]);
  const list = await listAll(pods);
  const lines = printUpstreamTable(list, { wide: false }).trimEnd().split('\n');
  expect(lines[0]?.split(/ {2,}/)).toEqual([
    ...['UPSTREAM', 'GATEWAY', 'REPLICA', 'NODES', 'HEALTHY', 'DIGEST', 'UNREAD'],
  ]);
  const rows = lines.map((line) => line.split(/ {2,}/)).filter(([name]) => name === 'shop_web_80');
  expect(rows.map(([, , replica, count, healthy]) => [replica, count, healthy])).toEqual([
    ['gw/b', '2', '<none>'],
    ['gw/a', '3', '<none>'],
    ['gw/c', '3', '2/3'],
  ]);
});

test('health checks that have not begun are unknown, not none', async () => {
  const pods = apisixPods();
  const checked = await pods.pod('a');
  checked.put('upstreams', id, { ...upstreamOf(ips(1, 2, 3)), checks });
  checked.setCheckers([{ resource: 'upstreams', id, nodes: [] }]);
  const list = await listAll(pods);
  expect(list.items).toMatchObject([
    { id, healthCheck: { unread: expect.stringMatching(/have not begun/) as string } },
  ]);
  expect(printUpstreamTable(list, { wide: false })).toMatch(/ 3 +<unknown> /);
});
