import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { port80, upstreamNode } from '../../helpers/objects.ts';
import { ips, read, upstream } from '../../helpers/snapshot.ts';

const toClusterIp = { nodes: { state: 'Read', items: [upstreamNode('10.96.0.1', { port: 80 })] } } as const;

export const fixture: Fixture = {
  appears: [
    {
      title: 'people made it so',
      given: {
        ...agreed,
        upstreams: read([
          upstream([], {
            ...toClusterIp,
            name: 'by-hand',
            source: 'Manual',
            service: port80({ granularity: 'service' }),
          }),
        ]),
      },
      says: [
        {
          severity: 'Info',
          layer: 'Upstream',
          addresses: ['10.96.0.1:80'],
          message:
            'by-hand leads to the Service itself, by its ClusterIP or DNS name: kube-proxy chooses the pod',
        },
      ],
    },
    {
      title: 'resolveGranularity is service: one node for all pods',
      given: {
        ...agreed,
        upstreams: read([
          upstream([], {
            ...toClusterIp,
            name: 'shop_web_80_service',
            service: port80({ granularity: 'service' }),
          }),
        ]),
      },
      says: [
        {
          severity: 'Info',
          layer: 'Upstream',
          addresses: ['10.96.0.1:80'],
          upstream: 'shop_web_80_service',
        },
      ],
    },
  ],
  nearMisses: [
    { title: 'its nodes are the pods', given: { ...agreed, upstreams: read([upstream(ips(1, 2, 3))]) } },
    {
      title: 'the ClusterIP is a node where pods should be',
      given: { ...agreed, upstreams: read([upstream([], toClusterIp)]) },
      instead: [
        ['MissingFromUpstream', at(1, 2, 3)],
        ['StaleInUpstream', ['10.96.0.1:80']],
      ],
    },
    {
      title: 'the upstream is of another Service',
      given: {
        ...agreed,
        upstreams: read([
          upstream([], { ...toClusterIp, service: port80({ name: 'api', granularity: 'service' }) }),
        ]),
      },
    },
  ],
};
