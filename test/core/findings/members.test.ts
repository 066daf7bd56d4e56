import { expect, test } from 'vitest';
import type { Snapshot } from '../../../source/core/snapshot.ts';
import { judged } from '../../helpers/finding-fixture.ts';
import { agreed } from '../../helpers/judging.ts';
import { ips, read, replica, service, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);
const given = { ...agreed, upstreams: read([upstream(all)]) };
const twoPorts = [80, 81].map((port) => ({ name: `p${port}`, port, protocol: 'TCP', targetPort: 8080 }));

test.each<readonly [title: string, code: string, member: string, given: Partial<Snapshot>]>([
  [
    'pods of nobody else are not told where nobody else has the IP',
    'StaleInUpstream',
    'pods',
    { ...agreed, upstreams: read([upstream(ips(1, 2, 3, 9))]) },
  ],
  [
    'the upstream of a pod of the gateway is not told where the port has one alone',
    'DataPlaneBehind',
    'upstream',
    { ...given, replicas: read([replica('a', all), replica('b', all, { used: ips(1, 2) })]) },
  ],
  [
    'a pod of the gateway is not told where it is about two',
    'HealthCheckGhost',
    'replica',
    { ...given, replicas: read(['a', 'b'].map((name) => replica(name, all, { probed: ips(9) }))) },
  ],
  [
    'a port is not told where it is about two and no pod is ready',
    'UpstreamNotFound',
    'port',
    { services: read([service({ ports: twoPorts })]), upstreams: read([]), gatewayGiven: true },
  ],
])('%s', (_, code, member, snapshot) => {
  const { own } = judged(snapshot, code);
  expect(own).toHaveLength(1);
  expect(own[0]).not.toHaveProperty(member);
});
