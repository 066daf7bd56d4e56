import type { Fixture } from '../../helpers/finding-fixture.ts';
import { crowdIps, crowdPods, cutAfter } from '../../helpers/crowd.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { unreadyPod } from '../../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, service } from '../../helpers/snapshot.ts';

/** 1001 addresses, of which Endpoints lacks the last. */
const cut = cutAfter(2, 3);
const annotated = (annotation: Parameters<typeof endpoints>[1]) => ({
  ...cut,
  endpoints: read([endpoints([...crowdIps(998), ...ips(1, 2)], annotation)]),
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'a terminating pod is not due in Endpoints and does not count',
      given: {
        ...cut,
        pods: read([...crowdPods(998), ...pods(3), pod(4, { terminating: true })]),
        endpointSlices: { state: 'Absent' },
      },
      says: [
        {
          severity: 'Error',
          layer: 'Endpoints',
          addresses: at(3),
          message: '1 of 1001 addresses is not in Endpoints (limit 1000), 1 of them ready',
        },
      ],
    },
    {
      title: 'the annotation says truncated and a ready pod is not there',
      given: cut,
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
        ...cut,
        pods: read([...crowdPods(998), ...pods(2), unreadyPod(3)]),
        endpointSlices: { state: 'Absent' },
      },
      says: [{ severity: 'Warning', layer: 'Endpoints', addresses: at(3) }],
    },
  ],
  nearMisses: [
    {
      title: 'as many addresses without the annotation: something else lost them',
      given: annotated({}),
      instead: [['MissingFromEndpoints', at(3)]],
    },
    {
      title: 'the annotation of 1.21 says warning: over the limit, and nothing cut yet',
      given: annotated({ overCapacity: 'warning' }),
      instead: [['MissingFromEndpoints', at(3)]],
    },
    {
      title: 'what is in the wrong list was not cut',
      given: annotated({ notReady: ips(3), overCapacity: 'truncated' }),
      instead: [['ReadinessSplit', at(3)]],
    },
    {
      title: 'an annotation left on an object that lacks a pod though there is room for it',
      given: { ...agreed, endpoints: read([endpoints(ips(1, 2), { overCapacity: 'truncated' })]) },
      instead: [['MissingFromEndpoints', at(3)]],
    },
    {
      title: 'as many addresses as there is room for, and one of them is not there',
      given: {
        ...cut,
        pods: read([...crowdPods(997), ...pods(3)]),
        endpointSlices: { state: 'Absent' },
        endpoints: read([endpoints([...crowdIps(997), ...ips(1, 2)], { overCapacity: 'truncated' })]),
      },
      instead: [['MissingFromEndpoints', at(3)]],
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
