import { settleTime, type Sightings } from '../core/confirm.ts';
import { fullName, type Service } from '../core/kubernetes.ts';
import { indexScopes } from '../core/scope.ts';
import type { World } from '../views/ui/model.ts';
import type { Io } from './command.ts';
import type { Moment } from './reader.ts';
import { verdictsOf } from './verdicts.ts';

/** Judges moment after moment: what earlier ones saw unchanged is confirmed; without `confirms` each for itself. */
export function observer(confirms: boolean): (moment: Moment) => World {
  let known: ReadonlyMap<string, Sightings> = new Map();
  return ({ snapshot, services, freshness }) => {
    const scopeOf = indexScopes(snapshot);
    const seen = (service: Service) => known.get(fullName(service));
    const verdicts = verdictsOf({ snapshot, services }, { seen, afterMs: settleTime, scopeOf });
    known = new Map(verdicts.map(({ service, sightings }) => [fullName(service), sightings]));
    const judged = verdicts.map(({ service, report, alone }) => ({
      service,
      report: confirms ? report : alone,
    }));
    return { services: judged, scopeOf, freshness };
  };
}

/** How much of a core may be taken, by all threads: what a moment takes is this much of the time until the next. */
const share = 0.25;

/** The worlds of moments. A moment that is dear to judge and draw is followed by a rest, and the next one is the newest. */
export async function* paced(
  moments: AsyncIterable<Moment>,
  observe: (moment: Moment) => World,
  { cpu, wait }: Pick<Io, 'cpu' | 'wait'>,
): AsyncIterable<World> {
  for await (const moment of moments) {
    const start = cpu();
    yield observe(moment);
    await wait((cpu() - start) * (1 / share - 1));
  }
}
