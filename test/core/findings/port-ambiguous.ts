import type { Fixture } from '../../helpers/finding-fixture.ts';
import { endpoints, ips, pod, read, service, slice } from '../../helpers/snapshot.ts';

const port = (name: string, containerPort: number, protocol = 'TCP') => ({ name, containerPort, protocol });
const one = (...namedPorts: readonly ReturnType<typeof port>[]) => ({
  services: read([service({ ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }] })]),
  pods: read([pod(1, { namedPorts })]),
  endpointSlices: read([slice(ips(1))]),
  endpoints: read([endpoints(ips(1))]),
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'two containers have a port of the targetPort name: the first is published',
      given: one(port('web', 8080), port('web', 9090)),
      says: [{ severity: 'Warning', layer: 'Pods', port: 'http', addresses: [], pods: ['web-1'] }],
    },
  ],
  nearMisses: [
    {
      title: 'two containers have the name for one number',
      given: one(port('web', 8080), port('web', 8080)),
    },
    {
      title: 'two protocols share the name, and the Service means one',
      given: one(port('web', 8080), port('web', 9090, 'UDP')),
    },
    {
      title: 'two containers have another name twice',
      given: one(port('web', 8080), port('admin', 9090), port('admin', 9091)),
    },
    {
      title: 'the Service names a number, so no name is looked up',
      given: { ...one(port('web', 8080), port('web', 9090)), services: read([service()]) },
    },
  ],
};
