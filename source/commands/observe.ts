import { confirm, nothingSeen, settleTime, type Sightings } from '../core/confirm.ts';
import { judge } from '../core/judge.ts';
import { indexScopes } from '../core/scope.ts';
import { fullName, type World } from '../views/ui/model.ts';
import type { Moment } from './reader.ts';

/** Judges moment after moment: what earlier ones saw unchanged is confirmed; without `confirms` each for itself. */
export function observer(confirms: boolean): (moment: Moment) => World {
  let seen: ReadonlyMap<string, Sightings> = new Map();
  return ({ snapshot, services, freshness }) => {
    const scopeOf = indexScopes(snapshot);
    const reports = judge(snapshot, services, scopeOf);
    const next = new Map<string, Sightings>();
    const judged = services.flatMap((service, index) => {
      const report = reports[index];
      if (!report) return [];
      if (!confirms) return [{ service, report }];
      const name = fullName(service);
      const earlier = seen.get(name) ?? nothingSeen;
      const confirmed = confirm(scopeOf(service), report, earlier, { afterMs: settleTime });
      next.set(name, confirmed.sightings);
      return [{ service, report: confirmed.report }];
    });
    seen = next;
    return { services: judged, scopeOf, freshness };
  };
}

/** How much of a core judging may take: it rests for as long as this makes of it. */
const share = 0.3;

/** The worlds of moments. A moment that is dear to judge and draw is followed by a rest, and the next one is the newest. */
export async function* paced(
  moments: AsyncIterable<Moment>,
  observe: (moment: Moment) => World,
  wait: (ms: number) => Promise<void>,
): AsyncIterable<World> {
  for await (const moment of moments) {
    const start = performance.now();
    yield observe(moment);
    await wait((performance.now() - start) * (1 / share - 1));
  }
}
