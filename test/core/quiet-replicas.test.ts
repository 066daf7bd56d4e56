import { expect, test } from 'vitest';
import type { Replica } from '../../source/core/snapshot.ts';
import { endpoints, pod, seenIn, serverTime, service, slice, upstream } from '../helpers/quiet.ts';
import { ips, read, snapshot } from '../helpers/snapshot.ts';
import { holding } from '../helpers/two-ports.ts';

const far = upstream(ips(7, 8, 9));

/** The findings of a code, and whether they are quiet, where the second pod of the gateway is nearest to the truth. */
function quietness(best: Replica, code: string): readonly [found: number, isQuiet: boolean] {
  const seen = seenIn(
    snapshot({
      serverTime,
      services: read([service()]),
      pods: read([pod(1), pod(2), pod(3)]),
      endpointSlices: read([slice(ips(1, 2, 3))]),
      endpoints: read([endpoints(ips(1, 2, 3))]),
      gatewayGiven: true,
      upstreams: read([far]),
      replicas: read([holding('a', [far]), best]),
    }),
  );
  const found = seen.settling.filter((finding) => finding.code === code);
  return [found.length, seen.isQuiet(found)];
}

test('a second reading need not wait where no pod of the gateway was sent anything for 60 s', () => {
  expect(quietness(holding('b', [upstream(ips(1, 2))]), 'MissingFromUpstream')).toEqual([1, true]);
});

test('a second reading waits for what was written 59 s ago into the pod that the verdict is on', () => {
  const young = upstream(ips(1, 2), { updatedAt: '2025-12-31T23:59:01Z' });
  expect(quietness(holding('b', [young]), 'MissingFromUpstream')).toEqual([1, false]);
});

test('a second reading waits for an upstream that is gone from the pod that the verdict is on', () => {
  expect(quietness(holding('b', []), 'UpstreamNotFound')).toEqual([1, false]);
});
