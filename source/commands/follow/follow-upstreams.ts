import { EpsError } from '../../core/error.ts';
import type { AllTold } from '../../core/gateways/together.ts';
import { gatewayOf, type Upstream } from '../../core/snapshot.ts';
import { placeOf } from '../../core/replicas/ports.ts';
import { look, nothingSeen, type Belongs, type Seen } from '../../core/upstream-seen.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { Io } from '../command.ts';
import { askTogether } from '../gateway.ts';
import type { UpstreamOptions } from '../line/options.ts';
import { selectUpstreams } from '../select-upstreams.ts';
import type { UpstreamSources } from '../upstreams-from-gateway.ts';
import { expectedUpstreams } from './expected-upstreams.ts';

/** ms between two readings; for a gateway that does not answer, which is found again then, it is the second. */
const [every, everyCostly] = [5_000, 15_000];
/** ms of rest for each upstream: ten times what asking for it by id costs APISIX. */
const restForEach = 30;

/** Gateways that stay open until they are dropped; who asks for them then finds them anew. */
export function keepOpen(open: UpstreamSources['open']) {
  let opened: Promise<readonly Gateway[]> | undefined;
  return {
    gateways: () => (opened ??= open()),
    drop: () => {
      opened?.then(
        (gateways) => {
          for (const { close } of gateways) close();
        },
        () => undefined,
      );
      opened = undefined;
    },
  };
}

export type FollowUpstreams = {
  readonly kept: ReturnType<typeof keepOpen>;
  readonly sources: UpstreamSources;
  readonly wanted: Pick<UpstreamOptions, 'what' | 'namespace'>;
  readonly io: Pick<Io, 'wait' | 'signal'>;
};

const keyOf = (upstream: Upstream) => `${gatewayOf(upstream)} ${placeOf(upstream)}`;

/** Of each gateway every place where one of the upstreams was ever seen: it may be there again. */
function keepPlaces() {
  const places = new Map<string, Upstream>();
  return {
    all: () => [...places.values()],
    has: (upstream: Upstream) => places.has(keyOf(upstream)),
    add: ({ upstreams }: Seen) => {
      for (const { source, upstream } of upstreams.values()) {
        const placed = { ...upstream, gateway: source.gateway };
        places.set(keyOf(placed), placed);
      }
    },
  };
}

async function askAgain(
  had: readonly Upstream[],
  belongs: Belongs,
  { kept, sources, wanted }: FollowUpstreams,
): Promise<AllTold> {
  try {
    const gateways = await kept.gateways();
    const known = await expectedUpstreams(had, wanted, sources);
    const ask = ({ name, again }: Gateway) =>
      again({
        known,
        had: had.filter((one) => gatewayOf(one) === name),
        pick: (upstreams) => belongs(upstreams.map((one) => ({ gateway: name, ...one }))),
      });
    return await askTogether(gateways, ask, sources.notice);
  } catch (error) {
    if (!(error instanceof EpsError)) throw error;
    return {
      upstreams: { state: 'Unread', reason: error.message, source: '' },
      replicas: { state: 'Absent' },
    };
  }
}

/** What gateways have of the upstreams, reading after reading, by their ids; what `first` told comes first. */
export async function* followUpstreams(first: AllTold, options: FollowUpstreams): AsyncIterable<Seen> {
  const { kept, wanted, io } = options;
  const places = keepPlaces();
  const belongs: Belongs = (upstreams) => {
    const selected = new Set(selectUpstreams(upstreams, wanted));
    return upstreams.filter((one) => selected.has(one) || places.has(one));
  };
  let seen = look(nothingSeen, first, belongs);
  while (!io.signal.aborted) {
    yield seen;
    places.add(seen);
    const isTroubled = [...seen.sources.values()].some(({ reason }) => reason !== undefined);
    if (isTroubled) kept.drop();
    const had = places.all();
    await io.wait(Math.max(isTroubled ? everyCostly : every, had.length * restForEach));
    seen = look(seen, await askAgain(had, belongs, options), belongs);
  }
}
