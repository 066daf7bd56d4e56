import { EpsError } from '../core/error.ts';
import type { Freshness } from '../core/freshness.ts';
import type { Io } from './command.ts';
import type { Follow, Moment, Reader, Reading } from './reader.ts';

/** ms between the end of one reading and the start of the next. */
const every = 5_000;

function fresh({ snapshot, services }: Reading, state: Freshness['state'], reason?: string): Moment {
  const layers = (['Pods', 'EndpointSlices', 'Endpoints', 'Upstream'] as const).filter(
    (layer) => layer !== 'Upstream' || snapshot.upstreams.state === 'Read',
  );
  const freshness = layers.map((layer) => ({
    layer,
    state,
    at: snapshot.takenAt,
    ...(reason !== undefined && { reason }),
  }));
  return { snapshot, services, freshness };
}

/** Reads again and again; what cannot be read is as it was, and stale. */
function reread({ read }: Pick<Reader, 'read'>, first: Reading, { wait }: Pick<Io, 'wait'>): Follow {
  return async function* (signal) {
    let last = first;
    while (!signal.aborted) {
      await wait(every);
      try {
        last = await read();
        yield fresh(last, 'Live');
      } catch (error) {
        if (!(error instanceof EpsError)) throw error;
        yield fresh(last, 'Stale', error.message);
      }
    }
  };
}

/** A reader that can be followed, where it does not read files. */
export function following(
  reader: Reader,
  first: Reading,
  io: Pick<Io, 'wait'>,
): Pick<Reader, 'follow' | 'events'> {
  return reader.again && !reader.follow ? { ...reader, follow: reread(reader, first, io) } : reader;
}
