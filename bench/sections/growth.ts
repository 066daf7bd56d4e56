import type { ServiceReport } from '../../source/core/report.ts';
import { outputOf, peakOf, timings } from '../measure.ts';
import { eps } from '../programs.ts';
import { openReplay } from '../replay/server.ts';
import { ratio, type Section } from '../section.ts';

/** The whole program as a Service grows, on answers that are replayed: copies of real ones, gzip as the API server. */
export const growth: Section = async (stage) => {
  const namespace = await stage.crowd(2000);
  const replay = await openReplay(await stage.client(), namespace);
  try {
    const of = (thousands: number) =>
      eps(['diff', 'httpbin', '-n', namespace, '--settle', '0', '-o', 'json'], replay.kubeconfig(thousands));
    for (const thousands of [1, 5, 20, 50]) {
      const { addresses } = JSON.parse(await outputOf(of(thousands))) as ServiceReport;
      if (addresses.length !== thousands * 1000) throw new Error(`${addresses.length} rows are not enough`);
    }
    const taken = await timings({
      'diff of 1000': of(1),
      'diff of 5000': of(5),
      'diff of 20000': of(20),
      'diff of 50000': of(50),
    });
    const perAddress = ratio(taken['diff of 50000'], taken['diff of 5000']) / 10;
    return {
      figures: [
        { what: 'diff of 50,000', value: perAddress, unit: 'of that of 5000, per address', atMost: 1.3 },
        { what: 'diff of 20,000', value: await peakOf(of(20)), unit: 'MB in memory' },
        { what: 'diff of 50,000', value: await peakOf(of(50)), unit: 'MB in memory' },
      ],
      timings: taken,
    };
  } finally {
    await replay.close();
  }
};
