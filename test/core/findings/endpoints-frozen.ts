import type { Fixture } from '../../helpers/finding-fixture.ts';
import { crowdIps, cutAfter } from '../../helpers/crowd.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { expect } from 'vitest';
import { endpoints, ips, read } from '../../helpers/snapshot.ts';

const frozen = (kubernetes: string, overCapacity?: string) => ({
  ...agreed,
  versions: { kubernetes },
  endpoints: read([endpoints(ips(1, 2, 3, 9), overCapacity === undefined ? {} : { overCapacity })]),
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'a cut Endpoints of a server with the regression keeps a dead address',
      given: frozen('v1.31.1', 'truncated'),
      says: [{ severity: 'Error', layer: 'Endpoints', port: 'http', addresses: at(9) }],
    },
    {
      title: 'the first and the last affected patch release both count',
      given: frozen('v1.28.12-eks-1234', 'truncated'),
      says: [{ severity: 'Error', layer: 'Endpoints', addresses: at(9) }],
    },
    {
      title: 'the Service is small again: it holds a dead address, and lacks a pod that there is room for',
      given: {
        ...agreed,
        versions: { kubernetes: 'v1.31.1' },
        endpoints: read([endpoints(ips(1, 2, 9), { overCapacity: 'truncated' })]),
      },
      says: [
        {
          severity: 'Error',
          layer: 'Endpoints',
          port: 'http',
          addresses: at(3, 9),
          message: expect.stringContaining(
            'the cut Endpoints still holds 1 address that no ready pod has and lacks 1 that it has room for: ',
          ) as string,
        },
      ],
    },
    {
      title: 'the Service is still too large: the cut goes on beside what is dead, and what would be kept',
      given: {
        ...cutAfter(3, 5),
        versions: { kubernetes: 'v1.31.1' },
        endpoints: read([endpoints([...crowdIps(997), ...ips(1, 2, 9)], { overCapacity: 'truncated' })]),
      },
      says: [{ severity: 'Error', layer: 'Endpoints', addresses: at(3, 9) }],
      beside: [['EndpointsTruncated', at(4, 5)]],
    },
  ],
  nearMisses: [
    {
      title: 'the first server with the fix',
      given: frozen('v1.31.2', 'truncated'),
      instead: [['StaleInEndpoints', at(9)]],
    },
    {
      title: 'the last server before the regression',
      given: frozen('v1.30.2', 'truncated'),
      instead: [['StaleInEndpoints', at(9)]],
    },
    {
      title: 'an affected server, but an Endpoints that was never cut',
      given: frozen('v1.31.1'),
      instead: [['StaleInEndpoints', at(9)]],
    },
    {
      title: 'cut on an affected server and still following: it lacks pods and keeps none',
      given: {
        ...cutAfter(2, 3),
        versions: { kubernetes: 'v1.31.1' },
      },
      instead: [['EndpointsTruncated', at(3)]],
    },
  ],
};
