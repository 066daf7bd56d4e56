import { setTimeout as sleep } from 'node:timers/promises';

/** Tries `check` until it gives a value that is not false or undefined; its last error tells why it never did. */
export async function eventually<Value>(
  what: string,
  check: () => Promise<Value | false | undefined> | Value | false | undefined,
  timeoutMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await check();
      if (value !== false && value !== undefined) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(100);
  }
  throw new Error(`timed out after ${timeoutMs} ms waiting for ${what}`, { cause });
}
