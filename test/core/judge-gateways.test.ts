import { describe, expect, test } from 'vitest';
import type { ReportFinding } from '../../source/core/report.ts';
import { together, type GatewayTold } from '../../source/core/gateways/together.ts';
import type { Layer, Replica, Upstream } from '../../source/core/snapshot.ts';
import { agreed, at, drift, reportOf } from '../helpers/judging.ts';
import {
  endpoints,
  ips,
  pods,
  read,
  replica,
  service,
  slice,
  unread,
  upstream,
} from '../helpers/snapshot.ts';

const all = ips(1, 2, 3);
const holds = (...upstreams: readonly Upstream[]): Layer<Upstream> => read(upstreams);

function told(gateway: string, upstreams: Layer<Upstream>, ...replicas: readonly Replica[]): GatewayTold {
  const own = replicas.map((one) => ({ ...one, gateway }));
  return { gateway, upstreams, replicas: own.length === 0 ? { state: 'Absent' } : read(own) };
}

const judged = (...gateways: readonly GatewayTold[]) =>
  reportOf({ ...agreed, ...together(gateways), gatewayGiven: true });
const about = ({ code, gateway, addresses }: ReportFinding) => [code, gateway, addresses];

describe('a Service in two gateways', () => {
  test('that both hold it rightly is in sync, each with its own counts and column', () => {
    const report = judged(
      told('edge', holds(upstream(all))),
      told('internal', holds(upstream(all, { id: '2' }))),
    );
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(report.gateways).toMatchObject([
      { name: 'edge', layers: [{ name: 'Upstream', state: 'Read', objects: 1, addresses: 3 }] },
      { name: 'internal', layers: [{ name: 'Upstream', state: 'Read', objects: 1, addresses: 3 }] },
    ]);
    expect(report.layers.at(-1)).toMatchObject({ name: 'Upstream', objects: 2, addresses: 3 });
    expect(report.addresses[0]).toMatchObject({
      in: { Upstream: 'Present' },
      gateways: { edge: { Upstream: 'Present' }, internal: { Upstream: 'Present' } },
    });
  });

  test('that is a name is Unknown where one of them could not be read', () => {
    const services = read([service({ type: 'ExternalName', externalName: 'web.example.com' })]);
    const gateways = together([told('edge', holds(upstream(all))), told('internal', unread)]);
    expect(reportOf({ services, ...gateways }).status).toBe('Unknown');
  });

  test('of which one lacks an address names that one, and shows both', () => {
    const report = judged(told('edge', holds(upstream(all))), told('internal', holds(upstream(ips(1, 2)))));
    expect(report.findings.map(about)).toEqual([['MissingFromUpstream', 'internal', at(3)]]);
    expect(report.addresses[2]).toMatchObject({
      in: { Upstream: 'Absent' },
      gateways: { edge: { Upstream: 'Present' }, internal: { Upstream: 'Absent' } },
      firstDivergence: 'Upstream',
      because: 'MissingFromUpstream',
    });
  });

  test('that are wrong in different ways are told apart, and what is wrong in Kubernetes once', () => {
    const gateways = together([
      told('edge', holds(upstream(ips(1, 2, 3, 9)))),
      told('internal', holds(upstream(ips(1)))),
    ]);
    const report = reportOf({
      pods: read(pods(3)),
      endpointSlices: read([slice(ips(1, 2))]),
      endpoints: read([endpoints(all)]),
      ...gateways,
    });
    expect(report.findings.map(about)).toEqual([
      ['MissingFromSlices', undefined, at(3)],
      ['MissingFromUpstream', 'internal', at(2, 3)],
      ['StaleInUpstream', 'edge', at(9)],
    ]);
  });

  test('may have its ports in one gateway each', () => {
    const { service: owner } = upstream([]);
    const metrics = upstream(all, { id: '2', ...(owner && { service: { ...owner, port: 9100 } }) });
    const ports = [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
      { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 8080 },
    ];
    const twice = {
      ...slice(all),
      ports: ['http', 'metrics'].map((name) => ({ name, port: 8080, protocol: 'TCP' })),
    };
    const gateways = [told('edge', holds(upstream(all))), told('internal', holds(metrics))];
    const report = reportOf({
      ...agreed,
      ...together(gateways),
      services: read([service({ ports })]),
      endpointSlices: read([twice]),
      endpoints: { state: 'Absent' },
      gatewayGiven: true,
    });
    expect(drift(report)).toEqual([]);
  });
});

describe('a Service in one gateway of two', () => {
  test('is judged there, and the other has no column', () => {
    const report = judged(told('edge', holds()), told('internal', holds(upstream(ips(1, 2)))));
    expect(report.findings.map(about)).toEqual([['MissingFromUpstream', 'internal', at(3)]]);
    expect(report.gateways?.map(({ name }) => name)).toEqual(['internal']);
  });

  test('is not certain while the other cannot be read, and what is known is still told', () => {
    const refused = { ...unread, reason: 'it refused the key' };
    const synced = judged(told('edge', holds(upstream(all))), told('internal', refused));
    expect(synced).toMatchObject({ status: 'Unknown', findings: [] });
    expect(synced.layers.at(-1)).toMatchObject({ state: 'Read', reason: 'internal: it refused the key' });
    expect(synced.addresses[0]).toMatchObject({
      in: { Upstream: 'Present' },
      gateways: { edge: { Upstream: 'Present' }, internal: { Upstream: 'Unread' } },
    });
    const drifting = judged(told('edge', holds(upstream(ips(1, 2)))), told('internal', refused));
    expect(drifting.findings.map(about)).toEqual([['MissingFromUpstream', 'edge', at(3)]]);
  });
});

test('a Service that no gateway has is missed once', () => {
  const report = judged(told('edge', holds()), told('internal', holds()));
  expect(report.findings.map(({ code }) => code)).toEqual(['UpstreamNotFound']);
  expect(report).not.toHaveProperty('gateways');
});

test('pods of each gateway are compared with their own alone', () => {
  const short = holds(upstream(ips(1, 2)));
  const report = judged(
    told('edge', holds(upstream(all)), replica('a', all), replica('b', ips(1, 2))),
    told('internal', short, replica('c', ips(1, 2)), replica('d', ips(1, 2))),
  );
  expect(report.findings.map(about)).toEqual([
    ['MissingFromUpstream', 'internal', at(3)],
    ['ReplicaSplit', 'edge', at(3)],
  ]);
});

test('the only gateway leaves no trace of its name but its kind', () => {
  expect(together([told('apisix', holds(upstream(all)))])).toEqual({
    upstreams: holds(upstream(all)),
    replicas: { state: 'Absent' },
  });
  const other = together([told('tiny', holds(upstream(all)))]);
  expect(other.upstreams).toMatchObject({ items: [{ gateway: 'tiny' }] });
});
