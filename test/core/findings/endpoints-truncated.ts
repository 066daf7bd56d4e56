import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pods, read, service } from '../../helpers/snapshot.ts';

const cut = (overCapacity?: string) => ({
  ...agreed,
  endpoints: read([endpoints(ips(1, 2), overCapacity === undefined ? {} : { overCapacity })]),
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'the annotation says truncated and a ready pod is not there',
      given: cut('truncated'),
      says: [
        {
          severity: 'Error',
          layer: 'Endpoints',
          port: 'http',
          addresses: at(3),
        },
      ],
    },
    {
      title: 'only pods that are not ready were cut, so no traffic is lost',
      given: {
        ...cut('truncated'),
        pods: read([...pods(2), unreadyPod(3)]),
        endpointSlices: { state: 'Absent' },
      },
      says: [{ severity: 'Warning', layer: 'Endpoints', addresses: at(3) }],
    },
  ],
  nearMisses: [
    {
      title: 'as many addresses without the annotation: something else lost them',
      given: cut(),
      instead: [['MissingFromEndpoints', at(3)]],
    },
    {
      title: 'the annotation of 1.21 says warning: over the limit, and nothing cut yet',
      given: cut('warning'),
      instead: [['MissingFromEndpoints', at(3)]],
    },
    {
      title: 'what is in the wrong list was not cut',
      given: {
        ...agreed,
        endpoints: read([endpoints(ips(1, 2), { notReady: ips(3), overCapacity: 'truncated' })]),
      },
      instead: [['ReadinessSplit', at(3)]],
    },
    {
      title: 'an annotation left on an object that has every pod',
      given: { ...agreed, endpoints: read([endpoints(ips(1, 2, 3), { overCapacity: 'truncated' })]) },
    },
    {
      title: 'Endpoints made by hand are the truth, however full',
      given: {
        ...agreed,
        services: read([service({ selector: {} })]),
        endpoints: read([endpoints(ips(1, 2, 3), { overCapacity: 'truncated', skipMirror: true })]),
        endpointSlices: read([]),
      },
    },
  ],
};
