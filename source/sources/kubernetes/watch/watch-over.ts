import type { EpsError } from '../../../core/error.ts';
import type { Cluster } from '../connection.ts';
import type { FollowedKind } from './follow-kind.ts';
import { keepAsking, type HeartbeatOptions } from './heartbeat.ts';
import type { Named } from './store.ts';

/** Any kind that is followed. */
export type Connected = Pick<FollowedKind<Named>, 'trouble' | 'isSettled' | 'reconnect' | 'stop'>;

type WatchingOver = Pick<HeartbeatOptions, 'pace' | 'signal' | 'alive'> & {
  readonly followed: () => readonly Connected[];
};

/** A connection over which nothing comes may be cut: all are opened anew when the server is lost, and when it is back. */
export function watchOver(
  cluster: Pick<Cluster, 'stream'>,
  { followed, alive, ...options }: WatchingOver,
): Promise<void> {
  let lost: EpsError | undefined;
  return keepAsking(cluster, {
    ...options,
    alive: () => {
      alive();
      if (lost) for (const each of followed()) if (each.trouble !== undefined) each.reconnect(lost);
      lost = undefined;
    },
    lost: (reason) => {
      if (!lost) for (const each of followed()) each.reconnect(reason);
      lost = reason;
    },
  });
}
