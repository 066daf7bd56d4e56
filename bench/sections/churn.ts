import { printedBy } from '../screen/bundled.ts';
import type { Section } from '../section.ts';

type Memory = { readonly heap: number; readonly rss: number };

type Measured = { readonly minutes: readonly Memory[]; readonly frames: number };

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The screen for ten minutes of a rollout, in a process of its own; the first three warm it up. */
export const churn: Section = async () => {
  const { minutes, frames } = (await printedBy('churn')) as Measured;
  const meanOf = (of: keyof Memory, from: number, to: number) =>
    mean(minutes.slice(from, to).map((each) => each[of]));
  const grown = (of: keyof Memory) => meanOf(of, 7, 10) / meanOf(of, 3, 6);
  const inMegabytes = (of: keyof Memory) => minutes.map((each) => Math.round(each[of] / 2 ** 20)).join(', ');
  return {
    figures: [
      { what: 'heap, minutes 8 to 10', value: grown('heap'), unit: 'of that in 4 to 6', atMost: 1.1 },
      { what: 'memory, minutes 8 to 10', value: grown('rss'), unit: 'of that in 4 to 6', atMost: 1.1 },
      { what: 'drawn', value: frames / 600, unit: 'frames a second' },
    ],
    remarks: [
      'a Service of 5000 pods, of which 200 a second are replaced; the least heap after a collection in a minute, and the most memory (RSS)',
      `heap, MB, minute after minute: ${inMegabytes('heap')}`,
      `memory, MB: ${inMegabytes('rss')}`,
    ],
  };
};
