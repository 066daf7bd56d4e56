import type { Session } from './session.ts';

/** The session in use and those before it, whose requests may still be under way. */
export type Sessions = {
  readonly current: () => Promise<Session>;
  /** A new session instead of `used`; the same one for all that found `used` wanting. */
  readonly renew: (used: Promise<Session>) => Promise<Session>;
  readonly close: () => void;
};

export function keepSessions(open: () => Promise<Session>): Sessions {
  const older: Promise<Session>[] = [];
  let current = open();
  return {
    current: () => current,
    renew(used) {
      if (used === current) {
        older.push(current);
        current = open();
      }
      return current;
    },
    close() {
      void Promise.allSettled([...older, current]).then((sessions) => {
        for (const session of sessions) if (session.status === 'fulfilled') session.value.close();
      });
    },
  };
}
