import type { Discovery, Upstream } from '../../../source/core/snapshot.ts';
import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, upstream } from '../../helpers/snapshot.ts';

const discovered = (discovery: Partial<Discovery>, hosts: readonly string[]): Upstream =>
  upstream(hosts, {
    source: 'Discovery',
    discovery: { type: 'kubernetes', serviceName: 'shop/web:http', ...discovery },
  });

const bad = { serviceName: 'shop/web:80', shouldBe: 'shop/web:http' };
const unread = { nodes: { state: 'Unread' as const, reason: 'APISIX looks them up itself' } };

export const fixture: Fixture = {
  appears: [
    {
      title: 'the upstream looks under the number of a port that has a name, and finds nothing',
      given: { ...agreed, upstreams: read([discovered(bad, [])]) },
      says: [
        {
          severity: 'Error',
          layer: 'Upstream',
          port: 'http',
          upstream: 'shop_web_80',
          addresses: at(1, 2, 3),
        },
      ],
    },
    {
      title: 'what it finds is not known',
      given: { ...agreed, upstreams: read([{ ...discovered(bad, []), ...unread }]) },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: [] }],
    },
  ],
  nearMisses: [
    {
      title: 'it is spelled rightly',
      given: { ...agreed, upstreams: read([discovered({}, ips(1, 2, 3))]) },
    },
    {
      title: 'it is spelled rightly, and finds nothing all the same',
      given: { ...agreed, upstreams: read([discovered({}, [])]) },
      instead: [['UpstreamEmpty', at(1, 2, 3)]],
    },
  ],
};
