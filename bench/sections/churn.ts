import { printedBy } from '../screen/bundled.ts';
import type { Section } from '../section.ts';

type Memory = { readonly heap: number; readonly rss: number };

type Measured = { readonly minutes: readonly Memory[]; readonly frames: number };

/** The screen for ten minutes of a rollout, in a process of its own. */
export const churn: Section = async () => {
  const { minutes, frames } = (await printedBy('churn')) as Measured;
  const grown = (of: keyof Memory) => (minutes.at(-1)?.[of] ?? 0) / (minutes[0]?.[of] ?? 1);
  const inMegabytes = (of: keyof Memory) => minutes.map((each) => Math.round(each[of] / 2 ** 20)).join(', ');
  return {
    figures: [
      {
        what: 'heap in the tenth minute',
        value: grown('heap'),
        unit: 'of that in the first',
        atMost: 1.1,
      },
      { what: 'memory in the tenth minute', value: grown('rss'), unit: 'of that in the first', atMost: 1.1 },
      { what: 'drawn', value: frames / 600, unit: 'frames a second' },
    ],
    remarks: [
      'a Service of 5000 pods, of which 200 a second are replaced; the least heap after a collection in a minute, and the most memory (RSS)',
      `heap, MB, minute after minute: ${inMegabytes('heap')}`,
      `memory, MB: ${inMegabytes('rss')}`,
    ],
  };
};
