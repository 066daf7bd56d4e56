import { count } from '../core/findings/words.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import type { KindRead } from '../views/ui/loading/loading.ts';
import type { Io } from './command.ts';

/** ms before a reading is long enough to speak of, and between two words. */
const [silence, interval] = [1000, 250];

export type Progress = {
  /** The cluster; what its answers hold is counted. */
  readonly counting: (cluster: Cluster) => Cluster;
  /** What has been asked for so far. */
  readonly kinds: () => readonly KindRead[];
  /** Says on stderr how far it is while `read` goes on; when that has ended, nothing is left of it. */
  readonly during: <Value>(read: () => Promise<Value>) => Promise<Value>;
};

/** The kind in the path of a list or an object; undefined in that of anything else. */
function kindIn(path: string): string | undefined {
  const [, kind] = /^\/apis?\/(?:[^/]+\/)?v\d\w*\/(?:namespaces\/[^/]+\/)?([a-z]+)(?:\/|$)/.exec(path) ?? [];
  return kind;
}

/** Counts by kind what is asked for, and `objectsIn` each answer. */
function countKinds() {
  const kinds = new Map<string, { readonly objects: number; readonly underway: number }>();
  const add = (kind: string, objects: number, underway: number) => {
    const known = kinds.get(kind) ?? { objects: 0, underway: 0 };
    kinds.set(kind, { objects: known.objects + objects, underway: known.underway + underway });
  };
  return {
    ask: async <Answer>(
      path: string,
      asking: Promise<Answer>,
      objectsIn: (answer: Answer) => number,
    ): Promise<Answer> => {
      const kind = kindIn(path) ?? 'others';
      add(kind, 0, 1);
      let objects = 0;
      try {
        const answer = await asking;
        objects = objectsIn(answer);
        return answer;
      } finally {
        add(kind, objects, -1);
      }
    },
    kinds: () =>
      [...kinds].map(([kind, { objects, underway }]): KindRead => ({
        kind,
        objects,
        isRead: underway === 0,
      })),
  };
}

/** Of a long reading, for those who look at a terminal: objects that have come, and seconds. */
export function progressOn({ stderr, now, env }: Pick<Io, 'stderr' | 'now' | 'env'>): Progress {
  const { ask, kinds } = countKinds();
  return {
    counting: (cluster) => ({
      ...cluster,
      get: (path, query) => ask(path, cluster.get(path, query), () => 1),
      list: (path, query, kind) => ask(path, cluster.list(path, query, kind), ({ items }) => items.length),
    }),
    kinds,
    during: async (read) => {
      const start = now().getTime();
      const timer = setInterval(() => {
        const ms = now().getTime() - start;
        const objects = kinds().reduce((sum, kind) => sum + kind.objects, 0);
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
