import { expect, test } from 'vitest';
import { drift, onPort, synced, told } from './eps.ts';
import { sharedPlane } from './fixtures.ts';
import { crowd, gatherCrowd } from './settled.ts';

const plane = sharedPlane();

test('a Service that is cut lacks one address with 1001 pods, and is in sync with 1000 and with fewer', async () => {
  const { readyPods, endpoints } = await gatherCrowd(plane, 1001);
  const lost = readyPods.filter((ip) => !endpoints.includes(ip));
  expect(lost).toHaveLength(1);
  expect(await told(['httpbin', '-n', crowd])).toEqual(
    drift(['Error', 'EndpointsTruncated', onPort(80, lost)]),
  );
  for (const replicas of [1000, 20]) {
    await gatherCrowd(plane, replicas);
    expect(await told(['httpbin', '-n', crowd])).toEqual(synced());
  }
});
