import { groupBy } from './group-by.ts';
import type { Labels, Pod } from './kubernetes.ts';

/** The pods that a selector matches; an empty one is none, as controllers have it. */
export type PodsBySelector = (selector: Labels) => readonly Pod[];

function isMatch(selector: Labels, { labels }: Pod): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/**
 * Looks at the fewest pods that one label of the selector leaves: to go through all of them for every Service of a
 * big namespace would take the square of their number.
 */
export function indexPods(pods: readonly Pod[]): PodsBySelector {
  const byKey = new Map<string, ReadonlyMap<string, readonly Pod[]>>();

  function valuesOf(key: string): ReadonlyMap<string, readonly Pod[]> {
    const known = byKey.get(key);
    if (known) return known;
    const labelled = pods.filter(({ labels }) => labels[key] !== undefined);
    const values = groupBy(labelled, ({ labels }) => labels[key] ?? '');
    byKey.set(key, values);
    return values;
  }

  return (selector) => {
    const [fewest = []] = Object.entries(selector)
      .map(([key, value]) => valuesOf(key).get(value) ?? [])
      .sort((a, b) => a.length - b.length);
    return fewest.filter((pod) => isMatch(selector, pod));
  };
}
