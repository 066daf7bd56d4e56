import { expect, test } from 'vitest';
import { observer, paced } from '../../source/commands/observe.ts';
import type { Moment } from '../../source/commands/reader.ts';
import { itemsOf } from '../../source/core/snapshot.ts';
import { agreed } from '../helpers/judging.ts';
import { endpoints, ips, read, snapshot } from '../helpers/snapshot.ts';

/** Endpoints lacks one of three pods, so many ms after the first moment. */
function behind(ms: number, resourceVersion = '1'): Moment {
  const takenAt = new Date(Date.parse('2026-01-01T00:00:00Z') + ms).toISOString();
  const lacking = read([endpoints(ips(1, 2), { resourceVersion })]);
  const whole = snapshot({ takenAt, ...agreed, endpoints: lacking });
  return { snapshot: whole, services: itemsOf(whole.services), freshness: [] };
}

function states(moments: readonly Moment[], confirms = true): readonly unknown[] {
  const observe = observer(confirms);
  return moments.map((moment) => observe(moment).services[0]?.report.findings[0]?.confirmation?.state);
}

test('moments that follow each other quickly confirm nothing before a second is over', () => {
  expect(states([behind(0), behind(100), behind(900), behind(1000)])).toEqual([
    'Settling',
    'Settling',
    'Settling',
    'Confirmed',
  ]);
});

test('a change in between makes it settle anew', () => {
  expect(states([behind(0), behind(1000), behind(1100, '2'), behind(2000, '2'), behind(2100, '2')])).toEqual([
    'Settling',
    'Confirmed',
    'Settling',
    'Settling',
    'Confirmed',
  ]);
});

test('who wants no confirmation gets none', () => {
  expect(states([behind(0), behind(2000)], false)).toEqual([undefined, undefined]);
});

test('each moment is followed by a rest of three times the CPU that it took, what is done with it as well', async () => {
  const rests: number[] = [];
  let used = 0;
  const pace = {
    cpu: () => used,
    wait: (ms: number) => {
      rests.push(ms);
      return Promise.resolve();
    },
  };
  async function* moments() {
    for (const ms of [0, 100]) yield await Promise.resolve(behind(ms));
  }
  const observe = observer(false);
  const judged = (moment: Moment) => {
    used += 7;
    return observe(moment);
  };
  const seen: string[] = [];
  for await (const { services } of paced(moments(), judged, pace)) {
    used += 3;
    seen.push(services[0]?.report.observedAt ?? '');
  }
  expect(seen).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.100Z']);
  expect(rests).toEqual([30, 30]);
});
