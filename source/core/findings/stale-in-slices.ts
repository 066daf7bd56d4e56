import { hasSelector } from '../scope.ts';
import type { Finding } from './finding.ts';
import { addresses, getSlices } from './words.ts';

export const staleInSlices: Finding = {
  code: 'StaleInSlices',
  layer: 'EndpointSlices',
  severities: ['Error', 'Warning'],
  summary: 'the EndpointSlices publish an address that no ready pod has',
  page: {
    meaning:
      'A slice holds an address that no pod of the Service has, or has as ready one whose pod is not. It is an Error where the slice has it as ready: requests there fail, or reach somebody else who has the IP now. Else it is a Warning: it is a leftover that gets requests only where no endpoint is ready. No better cause is known.',
    cause:
      'The controller lags behind or does not run, or a slice of its own was edited by hand: it repairs only what it knows to have changed.',
    objects: [
      'EndpointSlice   endpoint 10.0.0.7, ready: true',
      'Pods            none with 10.0.0.7, or it is not ready',
    ],
    action:
      'Ask again: what lasts only a moment is the lag of a busy controller. What lasts: delete the slice, it is made again with the right addresses.',
    commands: [
      'kubectl get endpointslices -l kubernetes.io/service-name=SERVICE -n NAMESPACE -o yaml',
      'kubectl delete endpointslice SLICE -n NAMESPACE',
    ],
  },
  references: ['kubernetes/kubernetes#85353'],
  find: ({ join, unexplained }) => {
    const stale = unexplained('EndpointSlices', 'Stale');
    const { service } = join.scope;
    const hint = `${getSlices(service)} -o yaml`;
    const who = (pod: string) => (hasSelector(service) ? pod : 'Endpoints, which they mirror, does not have');
    const ready = stale.filter(({ actual }) => actual.EndpointSlices === 'Ready');
    const leftover = stale.filter(({ actual }) => actual.EndpointSlices !== 'Ready');
    const published = `the EndpointSlices publish ${addresses(ready)} that ${who('no ready pod has')}`;
    const held = `the EndpointSlices hold ${addresses(leftover)}, not as ready, that ${who('no pod has')}`;
    return [
      { severity: 'Error' as const, rows: ready, message: published, hint },
      { severity: 'Warning' as const, rows: leftover, message: held, hint },
    ].filter(({ rows }) => rows.length > 0);
  },
};
