import { judge as judgeAll } from '../../source/core/judge.ts';
import { service, snapshotOf } from '../generated.ts';
import { timings } from '../measure.ts';
import { ratio, type Section } from '../section.ts';

/** The judgement alone, in this process, as a Service grows. */
export const judge: Section = async () => {
  const [small, large] = [snapshotOf(5_000), snapshotOf(50_000)];
  const taken = await timings({
    'judge of 5000': () => void judgeAll(small, [service]),
    'judge of 50000': () => void judgeAll(large, [service]),
  });
  const perAddress = ratio(taken['judge of 50000'], taken['judge of 5000']) / 10;
  return {
    figures: [
      {
        what: 'judge of 50,000 addresses alone',
        value: perAddress,
        unit: 'of that of 5000, per address',
        atMost: 1.3,
      },
    ],
    timings: taken,
  };
};
