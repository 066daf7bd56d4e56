import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { EpsError } from '../../../core/error.ts';
import { ApiError } from '../api-error.ts';
import type { Cluster } from '../connection.ts';
import type { Pace } from './pace.ts';

export type HeartbeatOptions = {
  readonly pace: Pace;
  readonly signal: AbortSignal;
  /** The server has answered; any answer will do. */
  readonly alive: () => void;
  /** It has not. */
  readonly lost: (reason: EpsError) => void;
};

/** The server's version, which everybody may ask for. */
async function ask(cluster: Pick<Cluster, 'stream'>, { pace, signal }: HeartbeatOptions): Promise<void> {
  const timeout = AbortSignal.timeout(pace.answer);
  const how = { accept: 'application/json', signal: AbortSignal.any([signal, timeout]) };
  try {
    const { body } = await cluster.stream('/version', {}, how);
    await buffer(body);
  } catch (error) {
    if (error instanceof ApiError) return;
    throw timeout.aborted ? new EpsError(`no answer within ${pace.answer} ms`, { cause: error }) : error;
  }
}

/** A watch on which nothing happens looks like one that is cut: asks beside it whether the server is there. */
export async function keepAsking(cluster: Pick<Cluster, 'stream'>, options: HeartbeatOptions): Promise<void> {
  const { pace, signal, alive, lost } = options;
  while (!signal.aborted) {
    try {
      await ask(cluster, options);
      alive();
    } catch (error) {
      if (!(error instanceof EpsError)) throw error;
      lost(error);
    }
    await wait(pace.heartbeat, undefined, { signal }).catch(() => undefined);
  }
}
