import { describe, expect, test } from 'vitest';
import type { Replica, Snapshot, Upstream } from '../../../source/core/snapshot.ts';
import { agreed, at, reportOf } from '../../helpers/judging.ts';
import { port80, upstreamNode, upstreamWith } from '../../helpers/objects.ts';
import { ips, read, replica, unread, upstream } from '../../helpers/snapshot.ts';
import { holding, of81, onePortTwice } from '../../helpers/two-ports.ts';

const all = ips(1, 2, 3);

const judged = (replicas: readonly Replica[], layers: Partial<Snapshot> = agreed) =>
  reportOf({ upstreams: read([upstream(all)]), ...layers, replicas: read(replicas) });
const codesOf = (replicas: readonly Replica[]) => judged(replicas).findings.map(({ code }) => code);
const outliers = ({ replicas }: ReturnType<typeof reportOf>) =>
  replicas?.filter(({ outlier }) => outlier).map(({ name }) => name);

describe('a pod that is behind', () => {
  test('is measured by whichever pod told its configuration, be it not the first one', () => {
    const silent = replica('a', all, { upstreams: unread });
    const behind = replica('c', all, { upstreams: unread, used: ips(1, 2) });
    expect(judged([silent, replica('b', all), behind]).findings).toMatchObject([
      { code: 'DataPlaneBehind', replica: 'gw/c', addresses: at(3) },
    ]);
  });

  test('sets no example to those that use what they are configured with, though it uses what is right', () => {
    const behind = replica('a', ips(1, 2), { used: all });
    const others = ['b', 'c'].map((name) => replica(name, ips(1, 2)));
    expect(codesOf([behind, ...others]).toSorted()).toEqual(['DataPlaneBehind', 'MissingFromUpstream']);
  });
});

describe('of pods that use different addresses those are most that count', () => {
  test('where all of them may hold the address in dispute', () => {
    const draining = upstreamWith(all, upstreamNode('10.0.0.9', { weight: 0 }));
    const report = judged([
      holding('a', [draining]),
      holding('b', [upstream(all)]),
      holding('c', [draining]),
    ]);
    expect(outliers(report)).toEqual(['gw/b']);
  });

  test('where they hold a subset, of which nobody knows who is in it', () => {
    const part = (hosts: readonly string[]) => [
      upstream(all),
      upstream(hosts, { id: '2', service: port80({ subset: 'blue' }) }),
    ];
    const report = judged([
      holding('a', part(ips(1))),
      holding('b', part(ips(1, 2))),
      holding('c', part(ips(1))),
    ]);
    expect(outliers(report)).toEqual(['gw/b']);
  });

  test('where they may hold the address in dispute under this port, if not under another one', () => {
    const stale = of81([...all, ...ips(9)], 8080);
    const byHand = (hosts: readonly string[]) => [upstream(hosts, { source: 'Manual' }), stale];
    const wider = byHand([...all, ...ips(9)]);
    const replicas = [holding('a', wider), holding('b', byHand(all)), holding('c', wider)];
    expect(outliers(judged(replicas, { ...onePortTwice, upstreams: read(wider) }))).toEqual(['gw/b']);
  });
});

describe('of several upstreams of a port', () => {
  const inline = (kind: 'Route' | 'Service', hosts: readonly string[]): Upstream =>
    upstream(hosts, { inline: { kind, id: '1' }, name: `of the ${kind}` });

  test('those are told apart that a route and a service of one id hold', () => {
    const whole = inline('Service', all);
    const replicas = [all, ips(1, 2)].map((hosts, index) =>
      holding(`gw-${index}`, [inline('Route', hosts), whole]),
    );
    expect(judged(replicas).findings).toMatchObject([
      { code: 'ReplicaSplit', replica: 'gw/gw-1', upstream: 'of the Route', addresses: at(3) },
    ]);
  });

  test('the same is told in whatever order the pods list them', () => {
    const some = (hosts: readonly string[]) => [inline('Route', hosts), inline('Service', hosts)];
    const listed = (arrange: (upstreams: readonly Upstream[]) => readonly Upstream[]) =>
      judged(
        [all, ips(1, 2)].map((hosts, index) =>
          holding(`gw-${index}`, arrange(some(hosts)), { upstreams: unread }),
        ),
      );
    const report = listed((upstreams) => upstreams);
    expect(report.findings).toMatchObject([{ upstream: 'of the Route, of the Service' }]);
    expect(listed((upstreams) => upstreams.toReversed())).toEqual(report);
  });
});
