import type { Fixture } from '../../helpers/finding-fixture.ts';
import { crowdIps, crowdPods, cutAfter } from '../../helpers/crowd.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pods, read, service, upstream } from '../../helpers/snapshot.ts';

const all = [1, 2, 3, 4, 5, 6] as const;
const crowd = crowdIps(997);
/** Six pods beside the crowd, of which Endpoints was cut down to the first three. */
const cut = (...inUpstream: readonly number[]) => ({
  ...cutAfter(3, 6),
  upstreams: read([upstream([...crowd, ...ips(...inUpstream)])]),
});
const everywhere = [...crowd.map((ip) => `${ip}:8080`), ...at(...all)];
const truncated = ['EndpointsTruncated', at(4, 5, 6)] as const;

export const fixture: Fixture = {
  appears: [
    {
      title: 'it holds just half of what the cut left',
      given: { ...cut(), upstreams: read([upstream(crowd.slice(0, 500))]) },
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(4, 5, 6) }],
      beside: [
        truncated,
        ['MissingFromUpstream', [...crowd.slice(500).map((ip) => `${ip}:8080`), ...at(1, 2, 3)]],
      ],
    },
    {
      title: 'the upstream has what the cut Endpoints has',
      given: cut(1, 2, 3),
      says: [
        {
          severity: 'Error',
          layer: 'Upstream',
          port: 'http',
          addresses: at(4, 5, 6),
          upstream: 'shop_web_80',
        },
      ],
      beside: [truncated],
    },
    {
      title: 'it follows the cut and is one address behind',
      given: cut(1, 2),
      says: [{ severity: 'Error', layer: 'Upstream', addresses: at(4, 5, 6) }],
      beside: [truncated, ['MissingFromUpstream', at(3)]],
    },
  ],
  nearMisses: [
    {
      title: 'the upstream lacks just half of what was cut',
      given: { ...cutAfter(2, 4), upstreams: read([upstream([...crowdIps(998), ...ips(1, 2, 3)])]) },
      instead: [
        ['EndpointsTruncated', at(3, 4)],
        ['MissingFromUpstream', at(4)],
      ],
    },
    {
      title: 'the upstream lacks most of what was cut, but only because that is not ready',
      given: {
        ...cut(1, 2, 3, 4, 5),
        pods: read([...crowdPods(997), ...pods(6), ...[7, 8, 9].map(unreadyPod)]),
        endpointSlices: { state: 'Absent' },
      },
      instead: [
        ['EndpointsTruncated', at(4, 5, 6, 7, 8, 9)],
        ['MissingFromUpstream', at(6)],
      ],
    },
    {
      title: 'the upstream reads slices and has them all',
      given: cut(...all),
      instead: [truncated],
    },
    {
      title: 'the upstream reads slices and is a little behind, in the part that was cut',
      given: cut(1, 2, 3, 4, 5),
      instead: [truncated, ['MissingFromUpstream', at(6)]],
    },
    {
      title: 'the upstream is from before the rollout: it lacks what Endpoints has as well',
      given: { ...cut(), upstreams: read([upstream(ips(91, 92, 93, 94, 95, 96))]) },
      instead: [
        truncated,
        ['MissingFromUpstream', everywhere],
        ['StaleInUpstream', at(91, 92, 93, 94, 95, 96)],
      ],
    },
    {
      title: 'the upstream is empty: that is the cause',
      given: { ...cut(), upstreams: read([upstream([])]) },
      instead: [truncated, ['UpstreamEmpty', everywhere]],
    },
    {
      title: 'the same without the annotation: Endpoints and upstream are both behind',
      given: { ...cut(1, 2, 3), endpoints: read([endpoints([...crowd, ...ips(1, 2, 3)])]) },
      instead: [
        ['MissingFromUpstream', at(4, 5, 6)],
        ['MissingFromEndpoints', at(4, 5, 6)],
      ],
    },
    {
      title: 'an annotation that was left over: both are behind, and there is room for all',
      given: {
        ...agreed,
        endpoints: read([endpoints(ips(1, 2), { overCapacity: 'truncated' })]),
        upstreams: read([upstream(ips(1, 2))]),
      },
      instead: [
        ['MissingFromUpstream', at(3)],
        ['MissingFromEndpoints', at(3)],
      ],
    },
    {
      title: 'only a subset of the pods belongs in it',
      given: {
        ...cut(),
        upstreams: read([
          upstream(ips(1, 2, 3), {
            service: { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint', subset: 'v1' },
          }),
        ]),
        services: read([service()]),
      },
      instead: [truncated],
    },
  ],
};
