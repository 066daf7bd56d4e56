import { setTimeout as pause } from 'node:timers/promises';

type Maybe<Value> = Value | false | undefined;

/** Between two tries, in ms. */
const interval = 100;

/**
 * Tries `check` until it gives a value that is not false or undefined. An error is one more "not yet", and
 * the cause of the failure when it is the last. `timeout` is in ms.
 */
export async function eventually<Value>(
  what: string,
  check: () => Maybe<Value> | Promise<Maybe<Value>>,
  { timeout = 60_000 }: { readonly timeout?: number } = {},
): Promise<Value> {
  const deadline = Date.now() + timeout;
  for (;;) {
    let cause: unknown;
    try {
      const value = await check();
      if (value !== false && value !== undefined) return value;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > deadline) throw new Error(`waited ${timeout} ms in vain for ${what}`, { cause });
    await pause(interval);
  }
}
