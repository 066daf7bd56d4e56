import { count } from '../core/findings/words.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import type { Io } from './command.ts';

/** ms before a reading is long enough to speak of, and between two words. */
const [silence, interval] = [1000, 250];

export type Progress = {
  /** The cluster; what its answers hold is counted. */
  readonly counting: (cluster: Cluster) => Cluster;
  /** Says on stderr how far it is while `read` goes on; when that has ended, nothing is left of it. */
  readonly during: <Value>(read: () => Promise<Value>) => Promise<Value>;
};

/** Of a long reading, for those who look at a terminal: objects that have come, and seconds. */
export function progressOn({ stderr, now, env }: Pick<Io, 'stderr' | 'now' | 'env'>): Progress {
  let objects = 0;
  return {
    counting: (cluster) => ({
      ...cluster,
      get: async (...request) => {
        const answer = await cluster.get(...request);
        objects += 1;
        return answer;
      },
      list: async (...request) => {
        const listing = await cluster.list(...request);
        objects += listing.items.length;
        return listing;
      },
    }),
    during: async (read) => {
      const start = now().getTime();
      const timer = setInterval(() => {
        const ms = now().getTime() - start;
        if (ms >= silence && env['TERM'] !== 'dumb')
          stderr.status(`reading: ${count(objects, 'object')}, ${Math.floor(ms / 1000)} s`);
      }, interval);
      try {
        return await read();
      } finally {
        clearInterval(timer);
        stderr.status('');
      }
    },
  };
}
