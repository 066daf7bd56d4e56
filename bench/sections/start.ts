import { kubectl, eps } from '../programs.ts';
import { timings } from '../measure.ts';
import { ratio, type Section } from '../section.ts';

/** What is answered without a cluster, against kubectl's own version. */
export const start: Section = async (stage) => {
  const client = await stage.client();
  const taken = await timings({
    'kubectl version --client': kubectl(client, ['version', '--client']),
    '--version': eps(['--version']),
    '--help': eps(['--help']),
    'completion of a word': eps(['__complete', 'di']),
  });
  const base = taken['kubectl version --client'];
  const figure = (what: Exclude<keyof typeof taken, 'kubectl version --client'>) => ({
    what,
    value: ratio(taken[what], base),
    unit: 'of kubectl version --client',
    atMost: 0.45,
  });
  return {
    figures: [figure('--version'), figure('--help'), figure('completion of a word')],
    timings: taken,
  };
};
