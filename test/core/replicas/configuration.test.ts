import { describe, expect, test } from 'vitest';
import type { AddressRow } from '../../../source/core/report.ts';
import { agreed, reportOf } from '../../helpers/judging.ts';
import { unreadyPod } from '../../helpers/objects.ts';
import { ips, pods, read, replica, upstream } from '../../helpers/snapshot.ts';

const all = ips(1, 2, 3);

/** The last numbers of the addresses that the gateway is said to be configured with, where pods have these. */
function configuration(...configured: readonly (readonly string[])[]): readonly (string | undefined)[] {
  const [first = []] = configured;
  const { addresses } = reportOf({
    ...agreed,
    pods: read([...pods(3), unreadyPod(4)]),
    upstreams: read([upstream(first)]),
    replicas: read(configured.map((hosts, index) => replica(`pod-${index}`, hosts))),
  });
  const isHeld = ({ in: states }: AddressRow) => states.Upstream === 'Present';
  return addresses.filter(isHeld).map(({ address }) => /\d+(?=:)/.exec(address)?.[0]);
}

describe('of pods that are configured differently those count', () => {
  test.each([
    ['that are right, though the first one lacks addresses', [ips(1), all], ['1', '2', '3']],
    ['that are right, though most are wrong', [ips(1), ips(1), all], ['1', '2', '3']],
    ['that are least wrong: what is too much is a fault too', [ips(1, 2, 3, 8, 9), ips(1, 2)], ['1', '2']],
    ['that hold no address of a pod which is not ready', [ips(1, 2, 3, 4), all], ['1', '2', '3']],
    ['that are most, where they are equally wrong', [ips(1, 2), ips(1, 3), ips(3, 1)], ['1', '3']],
  ])('%s', (_, configured, held) => {
    expect(configuration(...configured)).toEqual(held);
  });
});

test('the configurations of several gateways stand side by side', () => {
  const replicas = ['edge', 'internal'].map((gateway) => replica(gateway, all, { gateway }));
  const { layers } = reportOf({ ...agreed, upstreams: read([upstream(all)]), replicas: read(replicas) });
  expect(layers[3]).toMatchObject({ objects: 2, addresses: 3, source: 'test, test' });
});
