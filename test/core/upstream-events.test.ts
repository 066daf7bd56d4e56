import { expect, test } from 'vitest';
import type { AllTold } from '../../source/core/gateways/together.ts';
import type { Upstream } from '../../source/core/snapshot.ts';
import { eventsBetween } from '../../source/core/upstream-events.ts';
import { look, nothingSeen, type Seen } from '../../source/core/upstream-seen.ts';
import { ips, read, replica, unread, upstream } from '../helpers/snapshot.ts';
import { brief } from '../helpers/upstream-watch.ts';

const absent = { state: 'Absent' } as const;
const one = (...upstreams: readonly Upstream[]): AllTold => ({
  upstreams: read(upstreams),
  replicas: absent,
});
const pods = (...replicas: readonly ReturnType<typeof replica>[]): AllTold => ({
  upstreams: read([upstream(ips(1))]),
  replicas: read(replicas),
});

/** What is told of each moment. */
function each(...moments: readonly AllTold[]): readonly (readonly string[])[] {
  const told: (readonly string[])[] = [];
  let before: Seen | undefined;
  for (const moment of moments) {
    const seen = look(before ?? nothingSeen, moment, (upstreams) => upstreams);
    told.push(eventsBetween(before, seen, '2026-01-01T00:00:00Z').map(brief));
    before = seen;
  }
  return told;
}

/** The same of the second moment and of those after it. */
const later = (...moments: readonly AllTold[]) => each(...moments).slice(1);

test('the same again is no change, in whatever order it comes', () => {
  const [first, second] = [upstream(ips(1, 2)), upstream(ips(3), { id: '2', name: 'other' })];
  expect(later(one(first, second), one(second, upstream(ips(2, 1))))).toEqual([[]]);
});

test('a node that is there twice has twice the weight', () => {
  expect(later(one(upstream(ips(1))), one(upstream(ips(1, 1))))).toEqual([
    ['Changed apisix shop_web_80 10.0.0.1:8080:100->200'],
  ]);
});

test('a node that comes while the weight of another one changes is told with it', () => {
  expect(later(one(upstream(ips(1))), one(upstream(ips(1, 1, 2))))).toEqual([
    ['Changed apisix shop_web_80 +10.0.0.2:8080 10.0.0.1:8080:100->200'],
  ]);
});

test('what went and what came stands in the order of names', () => {
  const named = (name: string) => upstream([], { id: name, name });
  expect(later(one(named('b'), named('d')), one(named('c'), named('a')))).toEqual([
    ['Appeared apisix a', 'Gone apisix b', 'Appeared apisix c', 'Gone apisix d'],
  ]);
});

test('several upstreams inside one route are told apart by their order', () => {
  const inside = (...last: readonly number[]) =>
    upstream(ips(...last), { id: 'r', name: '', inline: { kind: 'Route', id: 'r' } });
  expect(
    later(one(inside(1), inside(2)), one(inside(1), inside(3)), one(inside(4), inside(3)), one(inside(4))),
  ).toEqual([
    ['Changed apisix  +10.0.0.3:8080 -10.0.0.2:8080'],
    ['Changed apisix  +10.0.0.4:8080 -10.0.0.1:8080'],
    ['Gone apisix '],
  ]);
});

test('what is missed while nodes cannot be looked up is told when they can be again', () => {
  const lost = upstream([], { nodes: { state: 'Unread', reason: 'no dump' } });
  expect(later(one(upstream(ips(1))), one(lost), one(lost), one(upstream(ips(2))))).toEqual([
    ['Changed apisix shop_web_80'],
    [],
    ['Changed apisix shop_web_80 +10.0.0.2:8080 -10.0.0.1:8080'],
  ]);
});

test('nodes that could never be looked up are no news when they can be: nobody knows which of them are new', () => {
  const unknown = upstream([], { nodes: { state: 'Unread', reason: 'no dump' } });
  expect(later(one(unknown), one(unknown), one(upstream(ips(1))))).toEqual([
    [],
    ['Changed apisix shop_web_80'],
  ]);
});

const failing = (reason: string): AllTold => ({ upstreams: { ...unread, reason }, replicas: absent });

test('a gateway that could never be read says so, and what it has as soon as it is read', () => {
  expect(each(failing('refused'), one(upstream(ips(1))))).toEqual([
    ['Unread apisix refused'],
    ['Read apisix', 'Appeared apisix shop_web_80'],
  ]);
});

test('a gateway of another name keeps it while it cannot be read, and when it has nothing left', () => {
  const own = one(upstream(ips(1), { gateway: 'edge' }));
  expect(later(own, failing('refused'), one())).toEqual([
    ['Unread edge refused'],
    ['Read edge', 'Gone edge shop_web_80'],
  ]);
});

test('a gateway that cannot be read keeps what it had, whatever its next reason is', () => {
  expect(
    later(one(upstream(ips(1))), failing('refused'), failing('too late'), one(upstream(ips(1)))),
  ).toEqual([['Unread apisix refused'], [], ['Read apisix']]);
});

test('a gateway that is not found any more cannot be read', () => {
  expect(later(one(upstream(ips(1))), { upstreams: absent, replicas: absent })).toEqual([
    ['Unread apisix there is no APISIX to ask'],
  ]);
});

/** The gateways `a` and `b`, of which the latter, or both, may have a reason not to tell. */
const states = (reasonOfB?: string, reasonOfA?: string) => [
  { name: 'a', source: 'pod a', ...(reasonOfA !== undefined && { reason: reasonOfA }) },
  { name: 'b', source: 'pod b', ...(reasonOfB !== undefined && { reason: reasonOfB }) },
];

test('of several gateways each is told by itself', () => {
  const [a, b] = ['a', 'b'].map((gateway) => upstream(ips(1), { gateway, id: gateway }));
  if (!a || !b) throw new Error('two are made');
  const both = { ...one(a, b), gateways: states() };
  const half = { ...one(upstream(ips(2), { gateway: 'a', id: 'a' })), gateways: states('refused') };
  expect(later(both, half, both)).toEqual([
    ['Unread b refused', 'Changed a shop_web_80 +10.0.0.2:8080 -10.0.0.1:8080'],
    ['Read b', 'Changed a shop_web_80 +10.0.0.1:8080 -10.0.0.2:8080'],
  ]);
});

test('several gateways of which none can be read have each its own reason', () => {
  const both = { ...one(upstream(ips(1), { gateway: 'a' })), gateways: states() };
  const none = { ...failing('too late; refused'), gateways: states('refused', 'too late') };
  expect(later(both, none)).toEqual([['Unread a too late', 'Unread b refused']]);
});

test('pods of a gateway that cannot be read keep what they used, and it is told when it can be again', () => {
  const [a, b] = ['a', 'b'].map((gateway) => replica(gateway, ips(1), { gateway }));
  if (!a || !b) throw new Error('two are made');
  const both = { ...pods(a, b), gateways: states() };
  const half = { ...pods(a), gateways: states('refused') };
  expect(later(both, half, both)).toEqual([['Unread b refused'], ['Read b']]);
});

test('pods that cannot be listed keep what they used', () => {
  const before = pods(replica('a', ips(1)));
  expect(later(before, { ...before, replicas: unread }, before)).toEqual([
    ['Unread gw/a forbidden'],
    ['Read gw/a'],
  ]);
});

test('of every pod it is told what its workers use, and a pod that is replaced takes its upstreams along', () => {
  const before = pods(replica('a', ips(1)), replica('b', ips(1)));
  const behind = pods(replica('a', ips(1, 2), { used: ips(1) }), replica('b', ips(1, 2)));
  const hanging = pods(replica('a', ips(1, 2), { runtime: unread }), replica('c', ips(1, 2)));
  expect(later(before, behind, hanging)).toEqual([
    ['Changed gw/b shop_web_80 +10.0.0.2:8080'],
    ['Unread gw/a forbidden', 'Gone gw/b shop_web_80', 'Appeared gw/c shop_web_80'],
  ]);
});

test('pods of which none tells its configuration keep what they used', () => {
  const before = pods(replica('a', ips(1)));
  const blind = { ...pods(replica('a', ips(1), { used: ips(1, 2) })), upstreams: unread };
  expect(later(before, blind, before)).toEqual([['Unread gw/a forbidden'], ['Read gw/a']]);
});
