import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed } from '../../helpers/judging.ts';
import { endpoints, ips, pod, read, service, slice, unread } from '../../helpers/snapshot.ts';

const selecting = (
  selector: Readonly<Record<string, string>>,
  ...labels: readonly Readonly<Record<string, string>>[]
) => ({
  services: read([service({ selector })]),
  pods: read(labels.map((one, index) => pod(index + 1, { labels: one }))),
  endpointSlices: read([slice([])]),
  endpoints: read([endpoints([], { subsets: [] })]),
});
const says = (severity: 'Warning' | 'Info') => [{ severity, layer: 'Service', addresses: [] } as const];

export const fixture: Fixture = {
  appears: [
    {
      title: 'pods carry the value under another key: a slip of the pen',
      given: selecting({ name: 'nginx-ingress' }, { app: 'nginx-ingress' }),
      says: says('Warning'),
    },
    {
      title: 'pods carry the value with one letter changed',
      given: selecting({ app: 'httpbin' }, { app: 'httpbni' }, { app: 'httpbi' }),
      says: says('Warning'),
    },
    {
      title: 'of several slips the first in the order of text is named, whatever the order of the pods',
      given: selecting({ app: 'httpbin' }, { app: 'httpbni' }, { app: 'httpbix' }, { app: 'httpbim' }),
      says: [
        {
          severity: 'Warning',
          layer: 'Service',
          addresses: [],
          message: 'the selector matches no pod: pods have app=httpbim, the selector says app=httpbin',
        },
      ],
    },
    { title: 'scaled to zero, and no pod is like it', given: selecting({ app: 'web' }), says: says('Info') },
    {
      title: 'scaled to zero beside another application',
      given: selecting({ app: 'web' }, { app: 'api' }, { app: 'worker' }),
      says: says('Info'),
    },
    {
      title: 'the idle half of blue and green, one letter from the busy one',
      given: selecting({ app: 'web', version: 'v2' }, { app: 'web', version: 'v1' }),
      says: says('Info'),
    },
    {
      title: 'the idle shard of several, told apart by a letter or a number',
      given: selecting({ app: 'shard-a' }, { app: 'shard-b' }, { app: 'shard-10' }),
      says: says('Info'),
    },
  ],
  nearMisses: [
    { title: 'the selector matches a pod, even if none is ready', given: agreed },
    {
      title: 'it matches only pods that have ended',
      given: {
        ...selecting({ app: 'web' }),
        pods: read([pod(1, { phase: 'Succeeded', ready: false })]),
      },
    },
    { title: 'the Pods were not read', given: { ...selecting({ app: 'web' }), pods: unread } },
    {
      title: 'there is no selector to match',
      given: { ...selecting({}, { app: 'web' }), endpointSlices: read([slice(ips(9), { managedBy: '' })]) },
    },
    {
      title: 'a Service that is only a name selects nobody',
      given: {
        ...selecting({ app: 'web' }),
        services: read([service({ type: 'ExternalName', externalName: 'web.example.com' })]),
      },
    },
  ],
};
