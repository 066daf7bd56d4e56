import { expect, test } from 'vitest';
import { idOfName, serviceOfName, upstreamNameOf } from '../../../source/gateways/apisix/name.ts';

/** Ids as the real controllers 1.8.4 wrote them; the third has seven digits, as it is not padded. */
test.each([
  ['default_httpbin_80', '5ce57b8e'],
  ['default_httpbin_80_service', '8661c06d'],
  ['default_httpbin_v1_80', '1983d99'],
])('the id of %s is %s', (name, id) => {
  expect(idOfName(name)).toBe(id);
});

test.each([
  ['default_httpbin_80', { namespace: 'default', name: 'httpbin', port: 80, granularity: 'endpoint' }],
  ['default_httpbin_80_service', { namespace: 'default', name: 'httpbin', port: 80, granularity: 'service' }],
  [
    'default_httpbin_v1_80',
    { namespace: 'default', name: 'httpbin', port: 80, granularity: 'endpoint', subset: 'v1' },
  ],
  ['a_b_c_d_80', { namespace: 'a', name: 'b', port: 80, granularity: 'endpoint', subset: 'c_d' }],
] as const)('%s belongs to a Service port, whose name it is again', (name, service) => {
  expect(serviceOfName(name)).toEqual(service);
  expect(upstreamNameOf(service)).toBe(name);
});

test.each(['', 'httpbin', 'default_httpbin', 'default_httpbin_http'])(
  '"%s" is no name of the controller',
  (name) => {
    expect(serviceOfName(name)).toBeUndefined();
  },
);
