import { describe, expect, test } from 'vitest';
import type { ServiceReport } from '../../source/core/report.ts';
import type { Upstream } from '../../source/core/snapshot.ts';
import { agreed, at, reportOf } from '../helpers/judging.ts';
import { backend, port80, route } from '../helpers/objects.ts';
import { endpoints, ips, read, replica, service, slice, unread, upstream } from '../helpers/snapshot.ts';

const names = ['http', 'metrics'] as const;
const published = names.map((name, index) => ({ name, port: 8080 + index, protocol: 'TCP' }));
const subsets = [{ addresses: ips(1).map((ip) => ({ ip })), notReadyAddresses: [], ports: published }];

/** Ports 80 and 81 of three pods, which lead to 8080 and 8081. */
const twoPorts = {
  ...agreed,
  services: read([
    service({
      ports: names.map((name, index) => ({
        name,
        port: 80 + index,
        protocol: 'TCP',
        targetPort: 8080 + index,
      })),
    }),
  ]),
  endpointSlices: read([slice(ips(1, 2, 3), { ports: published })]),
  endpoints: read([endpoints([], { subsets })]),
};

const named = (name: string) => ({ kind: 'ApisixRoute', namespace: 'shop', name }) as const;

test('a port is missed in the gateway though another one of the Service has lost its place to a route', () => {
  const winner = upstream(ips(9), {
    name: 'shop_other_80',
    service: port80({ name: 'other' }),
    displaced: [{ route: named('web'), by: named('other'), service: port80() }],
  });
  const { findings } = reportOf({ ...twoPorts, upstreams: read([winner]), gatewayGiven: true });
  expect(findings.filter(({ code }) => code === 'UpstreamNotFound')).toMatchObject([{ port: 'metrics' }]);
});

describe('the addresses of a port in the workers of the gateway', () => {
  const whole = (...last: readonly number[]) => upstream(ips(...last));
  const part = upstream(ips(1), { id: '2', service: port80({ subset: 'blue' }) });
  const elsewhere = upstream([], { nodes: { state: 'Unread', reason: 'dns discovery' } });

  const states = ({ addresses }: ServiceReport) => addresses.map(({ in: { Runtime } }) => Runtime);
  const lost = ({ addresses }: ServiceReport) =>
    addresses.filter(({ firstDivergence }) => firstDivergence === 'Runtime').map(({ address }) => address);

  type Case = readonly [
    title: string,
    configured: readonly Upstream[],
    used: readonly Upstream[],
    states: readonly (string | undefined)[],
    lost: readonly string[],
  ];
  const [present, absent] = ['Present', 'Absent'];
  test.each<Case>([
    [
      'are missing where the configuration alone has them',
      [whole(1, 2, 3)],
      [],
      [absent, absent, absent],
      at(1, 2, 3),
    ],
    [
      'are missing where the workers have a subset of them alone',
      [whole(1, 2, 3), part],
      [part],
      [absent, absent, absent],
      at(1, 2, 3),
    ],
    [
      'are missing in the whole, whatever a subset beside it lacks',
      [whole(1, 2, 3), part],
      [whole(1, 2), part],
      [present, present, absent],
      at(3),
    ],
    ['may be missing in a subset', [part], [part], [present, absent, absent], []],
    ['may be missing in a subset that is gone from there', [part], [], [absent, absent, absent], []],
    [
      'may be missing in a subset that the configuration does not have',
      [],
      [part],
      [present, absent, absent],
      [],
    ],
    [
      'are none where the gateway looks them up and found nothing',
      [elsewhere],
      [],
      [undefined, undefined, undefined],
      [],
    ],
    ['are none where no pod has anything of the port', [], [], [undefined, undefined, undefined], []],
  ])('%s', (_, configured, used, wanted, missing) => {
    const one = replica('a', [], { upstreams: read(configured), runtime: read(used) });
    const report = reportOf({
      ...agreed,
      upstreams: read(configured),
      replicas: read([one]),
      gatewayGiven: true,
    });
    expect(states(report)).toEqual(wanted);
    expect(lost(report)).toEqual(missing);
  });

  test('are not known where pods cannot be listed', () => {
    const report = reportOf({ ...agreed, upstreams: read([whole(1, 2, 3)]), replicas: unread });
    expect(states(report)).toEqual(['Unread', 'Unread', 'Unread']);
  });

  test('are not known where a pod does not tell and the others have none, whatever they have of another port', () => {
    const replicas = [
      replica('a', ips(1, 2, 3)),
      replica('b', ips(1, 2, 3), { runtime: { ...unread, reason: 'it hangs' } }),
    ];
    const upstreams = read([whole(1, 2, 3)]);
    const { addresses } = reportOf({
      ...twoPorts,
      upstreams,
      replicas: read(replicas),
      apisixRoutes: read([route([backend('web', 81)])]),
    });
    const metrics = addresses.filter(({ address }) => address.endsWith(':8081'));
    expect(metrics.map(({ in: { Runtime } }) => Runtime)).toEqual(['Unread', 'Unread', 'Unread']);
  });
});
