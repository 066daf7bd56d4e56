import { expect, test } from 'vitest';
import { itemsOf } from '../../../source/core/snapshot.ts';
import { readChanging, startReading } from '../../../source/sources/kubernetes/read.ts';
import {
  listOf,
  namespace,
  namespaced,
  ofKind,
  recordedCluster,
  slices,
  web,
  type Answers,
} from '../../helpers/recorded-cluster.ts';

const podsOfWeb = `${namespaced}/pods app=web`;
const slicesOfWeb = `${slices} kubernetes.io/service-name in (web)`;

/** Reads web, and again after `change`; `asked` only the second time. */
async function readTwice(change: Answers = {}) {
  const more: Record<string, unknown> = {};
  const { cluster, asked } = await recordedCluster([], more);
  const before = await startReading(cluster, web).layers;
  asked.length = 0;
  Object.assign(more, change);
  return { before, after: await readChanging(cluster, web, before), asked };
}

test('a Service is read again without what no rollout changes, and no object that is as it was', async () => {
  const { before, after, asked } = await readTwice();
  expect(asked.toSorted()).toEqual(
    [
      `${namespaced}/services/web`,
      `versions of ${podsOfWeb}`,
      `versions of ${slicesOfWeb}`,
      `${namespaced}/endpoints/web`,
      '/api/v1/nodes',
    ].toSorted(),
  );
  expect(itemsOf(after.pods)).toHaveLength(20);
  expect(after.pods).toEqual(before.pods);
  expect(after.endpointSlices).toEqual(before.endpointSlices);
});

const [firstPod, ...otherPods] = ofKind('Pod');
const metadataOf = (pod: typeof firstPod) => (pod as unknown as { metadata: object }).metadata;

test.each([
  [
    'in another version',
    {
      ...firstPod,
      metadata: { ...metadataOf(firstPod), resourceVersion: '98' },
      status: { phase: 'Failed' },
    },
  ],
  [
    'of another uid',
    { ...firstPod, metadata: { ...metadataOf(firstPod), uid: 'x' }, status: { phase: 'Failed' } },
  ],
])('pods one of which is %s are read whole again', async (_, changed) => {
  const { after, asked } = await readTwice({ [`${namespaced}/pods`]: listOf([changed, ...otherPods]) });
  expect(asked.filter((path) => path.includes('/pods'))).toEqual([`versions of ${podsOfWeb}`, podsOfWeb]);
  expect(itemsOf(after.pods).filter(({ phase }) => phase === 'Failed')).toHaveLength(1);
  expect(itemsOf(after.pods)).toHaveLength(20);
});

test('a pod that is gone is gone, without reading the others again', async () => {
  const { after, asked } = await readTwice({ [`${namespaced}/pods`]: listOf(otherPods) });
  expect(asked).not.toContain(podsOfWeb);
  expect(itemsOf(after.pods)).toHaveLength(19);
});

test('of several Services those that are gone by now do not keep the others from being read again', async () => {
  const { cluster } = await recordedCluster();
  const named = (...names: readonly string[]) => ({ kind: 'names', namespace, names }) as const;
  const before = await startReading(cluster, web).layers;
  const after = await readChanging(cluster, named('web', 'gone'), before);
  expect(itemsOf(after.services).map(({ name }) => name)).toEqual(['web']);
  await expect(readChanging(cluster, named('gone'), before)).rejects.toThrow('gone');
});
