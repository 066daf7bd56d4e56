import { expect, test } from 'vitest';
import { upstreamsOf } from '../../../../source/gateways/apisix/upstreams.ts';
import { agreed, reportOf } from '../../../helpers/judging.ts';
import { read, service } from '../../../helpers/snapshot.ts';

const known = {
  services: [
    service(),
    service({ name: 'db', uid: 'db', clusterIP: '10.96.0.2' }),
    service({ name: 'headless', uid: 'headless', clusterIP: 'None' }),
  ],
  routes: [],
};

const upstream = (value: object) => ({ resource: 'upstreams', id: '1', value: { name: 'mine', ...value } });

function ownerOf(value: object): string | undefined {
  const [owner] = upstreamsOf([upstream(value)], known).flatMap((one) => one.service ?? []);
  return owner && `${owner.namespace}/${owner.name}:${owner.port} ${owner.granularity}`;
}

test.each(['10.96.0.1:80', 'web.shop.svc:80', 'web.shop.svc.cluster.local:80'])(
  'an upstream that people made belongs to the Service port that its node %s dials',
  (node) => {
    expect(ownerOf({ nodes: { [node]: 1 } })).toBe('shop/web:80 service');
  },
);

test('so does one that has both names of it', () => {
  expect(ownerOf({ nodes: { '10.96.0.1:80': 1, 'web.shop.svc:80': 1 } })).toBe('shop/web:80 service');
});

test.each([
  ['another port', { nodes: { '10.96.0.1:81': 1 } }],
  ['an address that is no ClusterIP', { nodes: { '10.0.0.1:80': 1 } }],
  ['a name outside of the cluster', { nodes: { 'web.shop.svc-a.example.com:80': 1 } }],
  ['a headless Service, whose name means its pods', { nodes: { 'headless.shop.svc:80': 1 } }],
  ['two Services', { nodes: { '10.96.0.1:80': 1, '10.96.0.2:80': 1 } }],
  ['something else besides', { nodes: { '10.96.0.1:80': 1, '192.0.2.1:80': 1 } }],
  ['nothing', { nodes: {} }],
  [
    'what the controller wrote for a route',
    { nodes: { '10.96.0.1:80': 1 }, labels: { 'managed-by': 'apisix-ingress-controller' } },
  ],
])('it belongs to none with %s', (_, value) => {
  expect(ownerOf(value)).toBeUndefined();
});

test('one inside of a route belongs alike', () => {
  const route = { resource: 'routes', id: '7', value: { upstream: { nodes: { '10.96.0.1:80': 1 } } } };
  expect(upstreamsOf([route], known)).toMatchObject([{ id: '7', service: { name: 'web', port: 80 } }]);
});

test('a Service that is reached so is in sync, and it is said', () => {
  const upstreams = read(upstreamsOf([upstream({ nodes: { '10.96.0.1:80': 1 } })], known));
  const report = reportOf({ ...agreed, upstreams, gatewayGiven: true });
  expect(report).toMatchObject({
    status: 'Synced',
    findings: [
      {
        code: 'UpstreamByClusterIP',
        message: 'mine leads to the Service itself, by its ClusterIP or DNS name: kube-proxy chooses the pod',
      },
    ],
  });
});
