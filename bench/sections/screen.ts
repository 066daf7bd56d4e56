import { printedBy } from '../screen/bundled.ts';
import type { Section } from '../section.ts';

type Measured = {
  readonly first: number;
  readonly few: readonly number[];
  readonly many: readonly number[];
  readonly share: number;
  readonly updates: number;
  readonly heap: number;
};

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** The screen, in a process of its own on a terminal of 160x50 that forgets what it is shown. */
export const screen: Section = async () => {
  const { first, few, many, share, updates, heap } = (await printedBy('measure')) as Measured;
  const rows = '50,000 rows';
  return {
    figures: [
      { what: `${rows}: first frame after the data`, value: first, unit: 'ms', atMost: 150 },
      { what: `${rows}: a key, 95 of 100`, value: quantile(many, 0.95), unit: 'ms of CPU', atMost: 16 },
      {
        what: `${rows}: a key`,
        value: quantile(many, 0.5) / quantile(few, 0.5),
        unit: 'of 100 rows',
        atMost: 1.5,
      },
      { what: `${rows}: 200 changes a second`, value: share, unit: 'of a core', atMost: 0.3 },
      { what: `${rows}: drawn`, value: updates, unit: 'frames a second' },
      { what: 'heap after 600 updates', value: heap, unit: 'of that after 100', atMost: 1.1 },
    ],
    remarks: [
      'keys: movements, pages, ends, drift only, a detail, a sort, a tab, a filter; ten rounds, the first two not counted',
      'changes: ten moments a second of twenty each; judging them is part of it',
      'the heap: 2000 pods, after a collection',
    ],
  };
};
