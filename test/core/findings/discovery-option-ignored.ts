import type { Discovery, Upstream } from '../../../source/core/snapshot.ts';
import type { Fixture } from '../../helpers/finding-fixture.ts';
import { crowdIps, cutAfter } from '../../helpers/crowd.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoints, ips, read, upstream } from '../../helpers/snapshot.ts';

const discovered = (discovery: Partial<Discovery>, hosts: readonly string[]): Upstream =>
  upstream(hosts, {
    source: 'Discovery',
    discovery: { type: 'kubernetes', serviceName: 'shop/web:http', wantsSlices: true, ...discovery },
  });

const cut = cutAfter(2, 3);
const withCrowd = (...last: readonly number[]) => [...crowdIps(998), ...ips(...last)];

export const fixture: Fixture = {
  appears: [
    {
      title: 'slices are asked for, and the nodes are those of the cut Endpoints',
      given: { ...cut, upstreams: read([discovered({}, withCrowd(1, 2))]) },
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(3) }],
      beside: [['EndpointsTruncated', at(3)]],
    },
    {
      title: 'slices are filed under their own names',
      given: { ...agreed, upstreams: read([discovered({ keyedBySlice: true }, [])]) },
      says: [{ severity: 'Error', layer: 'Upstream', port: 'http', addresses: at(1, 2, 3) }],
    },
  ],
  nearMisses: [
    {
      title: 'there is no Endpoints object that could be read instead',
      given: { ...agreed, endpoints: read([]), upstreams: read([discovered({}, ips(1, 2))]) },
      instead: [
        ['MissingFromUpstream', at(3)],
        ['MissingFromEndpoints', at(1, 2, 3)],
      ],
    },
    {
      title: 'Endpoints lacks the same address and is not cut',
      given: {
        ...agreed,
        endpoints: read([endpoints(ips(1, 2))]),
        upstreams: read([discovered({}, ips(1, 2))]),
      },
      instead: [
        ['MissingFromUpstream', at(3)],
        ['MissingFromEndpoints', at(3)],
      ],
    },
    {
      title: 'it lacks an address too that the cut Endpoints has',
      given: { ...cut, upstreams: read([discovered({}, withCrowd(1))]) },
      instead: [
        ['EndpointsTruncated', at(3)],
        ['MissingFromUpstream', at(2)],
        ['UpstreamCutByEndpoints', at(3)],
      ],
    },
    {
      title: 'slices are not asked for',
      given: { ...cut, upstreams: read([discovered({ wantsSlices: false }, withCrowd(1, 2))]) },
      instead: [
        ['EndpointsTruncated', at(3)],
        ['UpstreamCutByEndpoints', at(3)],
      ],
    },
    {
      title: 'all of the slices are there',
      given: { ...cut, upstreams: read([discovered({}, withCrowd(1, 2, 3))]) },
      instead: [['EndpointsTruncated', at(3)]],
    },
    {
      title: 'a node is missing that Endpoints has',
      given: { ...agreed, upstreams: read([discovered({}, ips(1, 2))]) },
      instead: [['MissingFromUpstream', at(3)]],
    },
  ],
};
