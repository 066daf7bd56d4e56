import type { World } from '../model.ts';
import type { Action } from '../state.ts';

/** Newer worlds, until the signal aborts. */
export type FollowWorld = (signal: AbortSignal) => AsyncIterable<World>;

export type Following = {
  readonly follow: FollowWorld;
  /** ms since epoch. */
  readonly now: () => number;
  readonly dispatch: (action: Action) => void;
  readonly signal: AbortSignal;
};

/** Hands every moment on, and tells the time in between; ends with the signal. */
export function followWorld({ follow, now, dispatch, signal }: Following): void {
  const timer = setInterval(() => {
    dispatch({ kind: 'tick', now: now() });
  }, 1000);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
  });
  const hear = async () => {
    for await (const world of follow(signal)) dispatch({ kind: 'observed', world, now: now() });
  };
  hear().catch((error: unknown) => {
    dispatch({ kind: 'failed', error: error instanceof Error ? error.message : String(error) });
  });
}
