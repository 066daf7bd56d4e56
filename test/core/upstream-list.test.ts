import { describe, expect, test } from 'vitest';
import type { HealthCheck } from '../../source/core/snapshot.ts';
import { listReplicas, listUpstreams, toItem } from '../../source/core/upstream-list.ts';
import { port80, upstreamNode, without } from '../helpers/objects.ts';
import { ips, read, replica, unread, upstream } from '../helpers/snapshot.ts';

describe('an upstream in a list', () => {
  const bare = { gateway: 'apisix', id: '1', name: 'shop_web_80', source: 'Controller', nodes: [] };

  test('has its nodes in the order of addresses, and the Service port that it is for', () => {
    const items = ['10.0.0.2', '10.0.0.1'].map((host) => upstreamNode(host, { weight: 5 }));
    expect(toItem(upstream([], { nodes: { state: 'Read', items } }))).toEqual({
      ...bare,
      service: { namespace: 'shop', name: 'web', port: 80 },
      nodes: [
        { address: '10.0.0.1:8080', weight: 5, priority: 0 },
        { address: '10.0.0.2:8080', weight: 5, priority: 0 },
      ],
    });
  });

  test('has no member for what is not known of it', () => {
    const item = toItem(without(upstream([]), 'service'));
    expect(Object.keys(item).toSorted()).toEqual(Object.keys(bare).toSorted());
  });

  test('tells of its routes, its shares, where it lies and that nothing refers to it', () => {
    const more = {
      routes: ['r1'],
      shares: [{ of: { kind: 'Route', id: 'r1' }, weight: 1, total: 3 }],
      orphan: 'Unreferenced',
      inline: { kind: 'Route', id: 'r1' },
    } as const;
    expect(toItem(upstream([], more))).toMatchObject({ ...bare, ...more });
  });

  test('says why its nodes are not known', () => {
    const item = toItem(upstream([], { nodes: { state: 'Unread', reason: 'dns discovery' } }));
    expect(item).toMatchObject({ unread: 'dns discovery' });
    expect(item).not.toHaveProperty('nodes');
  });
});

test('upstreams are listed by name, id, what holds them, and gateway, in whatever order they come', () => {
  const all = [
    upstream([], { name: 'a', id: '2' }),
    upstream([], { name: 'b', id: '1' }),
    upstream([], { name: 'b', id: '1', gateway: 'edge' }),
    upstream([], { name: 'b', id: '1', inline: { kind: 'Route', id: '1' } }),
    upstream([], { name: 'b', id: '1', inline: { kind: 'Service', id: '1' } }),
  ];
  for (const given of [all, all.toReversed()]) {
    expect(listUpstreams(given)).toEqual({
      apiVersion: 'eps/v1',
      kind: 'UpstreamList',
      items: all.map(toItem),
    });
  }
});

describe('what the workers of every pod use', () => {
  const namesOf = ({ items }: ReturnType<typeof listReplicas>) =>
    items.map(({ name, replica: pod }) => `${name} ${pod ?? ''}`);

  test('stands upstream by upstream, first the pods that are like the fewest others, then by name', () => {
    const split = [replica('a', ips(1, 2)), replica('b', ips(1)), replica('c', ips(1, 2))];
    const other = upstream(ips(5), { name: 'other', id: '2' });
    const both = replica('d', [], { runtime: read([other, upstream(ips(1, 2))]) });
    const rows = [
      'other gw/d',
      'shop_web_80 gw/b',
      'shop_web_80 gw/a',
      'shop_web_80 gw/c',
      'shop_web_80 gw/d',
    ];
    expect(namesOf(listReplicas([...split, both]))).toEqual(rows);
    expect(namesOf(listReplicas([both, ...split.toReversed()]))).toEqual(rows);
  });

  test('has one digest where the nodes and their weights are the same, and none where they are not known', () => {
    const weighted = upstream([], {
      nodes: { state: 'Read', items: [upstreamNode('10.0.0.1', { weight: 1 })] },
    });
    const unknown = upstream([], { nodes: { state: 'Unread', reason: 'dns discovery' } });
    const { items } = listReplicas([
      ...['a', 'b'].map((name) => replica(name, ips(1))),
      replica('c', [], { runtime: read([weighted]) }),
      replica('d', [], { runtime: read([unknown]) }),
    ]);
    const digests = new Map(items.map(({ replica: name, digest }) => [name, digest]));
    expect(digests.get('gw/a')).toMatch(/^[0-9a-f]{8}$/);
    expect(digests.get('gw/b')).toBe(digests.get('gw/a'));
    expect(digests.get('gw/c')).not.toBe(digests.get('gw/a'));
    expect(digests.get('gw/d')).toBeUndefined();
    expect(items.every((item) => 'digest' in item === (item.replica !== 'gw/d'))).toBe(true);
  });

  test.each<readonly [title: string, checks: readonly HealthCheck[] | 'Unread', health: unknown]>([
    ['how many of its nodes are healthy', [checked(true, false)], { healthy: 1, nodes: 2 }],
    ['nothing where another upstream is checked', [{ ...checked(true), id: '2' }], undefined],
    [
      'why the check is not known',
      [{ id: '1', nodes: { state: 'Unread', reason: 'half' } }],
      { unread: 'half' },
    ],
    ['why no check is known', 'Unread', { unread: 'forbidden' }],
  ])('says %s', (_, checks, health) => {
    const healthChecks = checks === 'Unread' ? unread : read(checks);
    const [item] = listReplicas([replica('a', ips(1, 2), { healthChecks })]).items;
    expect(item).toMatchObject({ gateway: 'apisix', replica: 'gw/a' });
    expect(item?.healthCheck).toEqual(health);
  });
});

function checked(...healthy: readonly boolean[]): HealthCheck {
  const items = healthy.map((one, index) => ({ host: `10.0.0.${index + 1}`, port: 8080, healthy: one }));
  return { id: '1', nodes: { state: 'Read', items }, service: port80() };
}
