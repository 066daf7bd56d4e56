import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed, at } from '../../helpers/judging.ts';
import { ips, read, replica, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);
const given = { ...agreed, upstreams: read([upstream(all)]) };

/** A pod that was sent its configuration under a version. */
const pod = (name: string, hosts: readonly string[], revision: number, isStandalone = true) =>
  replica(name, hosts, { isStandalone, runtime: read([{ ...upstream(hosts), revision }]) });

export const fixture: Fixture = {
  appears: [
    {
      title: 'a standalone pod holds an older configuration under a higher version',
      given: { ...given, replicas: read([pod('a', all, 7), pod('b', ips(1, 9), 12)]) },
      says: [{ severity: 'Error', layer: 'Runtime', replica: 'gw/b', addresses: at(2, 3, 9) }],
    },
  ],
  nearMisses: [
    {
      title: 'under a lower version it was merely not sent the newer one',
      given: { ...given, replicas: read([pod('a', all, 7), pod('b', ips(1, 9), 6)]) },
      instead: [['ReplicaSplit', at(2, 3, 9)]],
    },
    {
      title: 'where pods read one etcd no version is refused',
      given: { ...given, replicas: read([pod('a', all, 7, false), pod('b', ips(1, 9), 12, false)]) },
      instead: [['ReplicaSplit', at(2, 3, 9)]],
    },
    {
      title: 'a higher version of the same content',
      given: { ...given, replicas: read([pod('a', all, 7), pod('b', all, 12)]) },
    },
  ],
};
