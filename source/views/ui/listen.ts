import type { Terminal } from './canvas.tsx';

/** What may happen to a screen from outside, and to whom it is told. */
export type Outside = {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Terminal;
  /** Closes the screen, as on SIGTERM. */
  readonly signal?: AbortSignal | undefined;
};

type Told = {
  readonly resize: () => void;
  readonly leave: (reason: 'aborted') => void;
};

/** Tells of a new size, the order to leave and a keyboard that is gone, until it is closed. */
export function listen(
  { stdin, stdout, signal }: Outside,
  { resize, leave }: Told,
  closed: AbortSignal,
): void {
  const onAbort = () => {
    leave('aborted');
  };
  // Before Ink's own listener, which would draw the old, larger frame on the new, smaller screen.
  stdout.prependListener('resize', resize);
  signal?.addEventListener('abort', onAbort, { signal: closed });
  stdin.on('end', onAbort).on('error', onAbort);
  closed.addEventListener('abort', () => {
    stdout.off('resize', resize);
    stdin.off('end', onAbort).off('error', onAbort);
  });
}
