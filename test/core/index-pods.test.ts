import { expect, test } from 'vitest';
import { indexPods } from '../../source/core/index-pods.ts';
import { pod } from '../helpers/snapshot.ts';

const pods = [
  pod(1, { labels: { app: 'web', tier: 'front' } }),
  pod(2, { labels: { app: 'api', tier: 'front' } }),
  pod(3, { labels: { app: 'web', tier: 'back' } }),
  pod(4, { labels: {} }),
  pod(5, { labels: { app: 'web', tier: 'front', canary: '' } }),
];

test.each([
  [{ app: 'web' }, [1, 3, 5]],
  [{ app: 'web', tier: 'front' }, [1, 5]],
  [{ tier: 'back', app: 'web' }, [3]],
  [{ app: 'web', tier: 'none' }, []],
  [{ absent: 'web' }, []],
  [{ canary: '' }, [5]],
  [{ toString: 'web' }, []],
  [{}, []],
])('%j matches the pods %j, in their order', (selector, numbers) => {
  const found = indexPods(pods)(selector);
  expect(found.map(({ name }) => name)).toEqual(numbers.map((number) => `web-${number}`));
});

test('a selector does not go through the pods of other Services', () => {
  let looks = 0;
  const watched = Array.from({ length: 1_000 }, (_, index) => {
    const one = pod(index, { labels: { app: `app-${index % 100}`, kind: 'pod' } });
    return {
      ...one,
      get labels() {
        looks += 1;
        return one.labels;
      },
    };
  });
  const select = indexPods(watched);
  select({ app: 'app-0', kind: 'pod' });
  looks = 0;
  for (let app = 0; app < 100; app += 1) {
    expect(select({ app: `app-${app}`, kind: 'pod' })).toHaveLength(10);
  }
  // Once more each pod, by the Service that it belongs to.
  expect(looks).toBe(1_000);
});
