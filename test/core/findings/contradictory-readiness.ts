import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { endpoint, refTo } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, slice } from '../../helpers/snapshot.ts';

const old = pod(9, { podIPs: ips(3) });

export const fixture: Fixture = {
  appears: [
    {
      title: 'Endpoints has an address in both lists',
      given: { ...agreed, endpoints: read([endpoints(ips(1, 2, 3), { notReady: ips(3) })]) },
      says: [
        {
          severity: 'Warning',
          layer: 'Endpoints',
          port: 'http',
          addresses: at(3),
          hint: 'kubectl get endpoints web -n shop -o yaml',
        },
      ],
    },
    {
      title: 'two slices say of one pod that it is ready and that it is not',
      given: {
        ...agreed,
        endpointSlices: read([
          slice(ips(1, 2, 3)),
          slice([], {
            name: 'web-def34',
            endpoints: [endpoint('10.0.0.3', { ready: false, targetRef: refTo(pod(3)) })],
          }),
        ]),
      },
      says: [
        {
          severity: 'Warning',
          layer: 'EndpointSlices',
          port: 'http',
          addresses: at(3),
          hint: 'kubectl get endpointslices -l kubernetes.io/service-name=web -n shop -o yaml',
        },
      ],
    },
  ],
  nearMisses: [
    {
      title: 'an address in both lists, of two pods: that is an address used twice',
      given: {
        ...agreed,
        endpoints: read([
          endpoints([], {
            subsets: [
              {
                addresses: [...ips(1, 2).map((ip) => ({ ip })), { ip: '10.0.0.3', targetRef: refTo(pod(3)) }],
                notReadyAddresses: [{ ip: '10.0.0.3', targetRef: refTo(old) }],
                ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
              },
            ],
          }),
        ]),
      },
    },
    {
      title: 'an IP that is ready under one port and not under another',
      given: {
        pods: read(pods(1)),
        endpointSlices: read([slice(ips(1))]),
        endpoints: read([
          endpoints([], {
            subsets: [
              {
                addresses: [{ ip: '10.0.0.1' }],
                notReadyAddresses: [],
                ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
              },
              {
                addresses: [],
                notReadyAddresses: [{ ip: '10.0.0.1' }],
                ports: [{ name: 'gone', port: 9090, protocol: 'TCP' }],
              },
            ],
          }),
        ]),
      },
      instead: [['StaleInEndpoints', ['10.0.0.1:9090']]],
    },
    {
      title: 'twice, and ready both times',
      given: {
        ...agreed,
        endpointSlices: read([slice(ips(1, 2, 3)), slice(ips(3), { name: 'web-def34' })]),
      },
      instead: [['DuplicateAddress', at(3)]],
    },
    {
      title: 'an orphaned mirror says otherwise: that is the cause',
      given: {
        ...agreed,
        endpointSlices: read([
          slice(ips(1, 2, 3)),
          slice([], {
            name: 'web-mirror',
            managedBy: 'endpointslicemirroring-controller.k8s.io',
            owner: { kind: 'Endpoints', name: 'web', uid: 'uid-web' },
            endpoints: [endpoint('10.0.0.3', { ready: false })],
          }),
        ]),
      },
      instead: [['OrphanedMirrorSlice', at(3)]],
    },
  ],
};
