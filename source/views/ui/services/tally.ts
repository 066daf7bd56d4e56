import { groupBy } from '../../../core/group-by.ts';
import type { Status } from '../../../core/report.ts';
import type { World } from '../model.ts';
import type { Line } from '../text.ts';
import { statusTones } from '../words.ts';

const statuses: readonly Status[] = ['Drift', 'Unknown', 'Synced'];

/** How many Services are in which state. */
export function tallyLine({ services }: World): Line {
  const counts = groupBy(services, ({ report }) => report.status);
  return statuses.flatMap((status, index): Line => [
    { text: index === 0 ? '' : '  ', tone: 'plain' },
    { text: `${status} ${counts.get(status)?.length ?? 0}`, tone: statusTones[status] },
  ]);
}
