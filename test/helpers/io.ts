import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Io } from '../../source/commands/command.ts';
import { spansOn } from '../../source/core/spans.ts';
import { talkOn } from '../../source/commands/talk.ts';
import { withoutSecrets } from './secrets.ts';

export type FakeIo = {
  readonly io: Io;
  /** What was written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Aborts `io.signal`, as ctrl-C does. */
  readonly abort: () => void;
};

function collector(): { readonly stream: NodeJS.WriteStream; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new PassThrough().on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  // A pipe: what a WriteStream adds to it belongs to terminals.
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => chunks.join('') };
}

/** An Io on pipes, with a clock that only waiting moves on. A secret that is written fails the test. */
export function fakeIo(argv: readonly string[], given: { readonly stdin?: string } = {}): FakeIo {
  const out = collector();
  const err = collector();
  onTestFinished(() => {
    withoutSecrets(out.text());
    withoutSecrets(err.text());
  });
  const stop = new AbortController();
  const stdin = new PassThrough();
  stdin.end(given.stdin ?? '');
  let clock = Date.parse('2026-01-02T03:04:05Z');
  const io: Io = {
    argv,
    program: 'kubectl-eps',
    env: {},
    platform: process.platform,
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: out.stream,
    stderr: talkOn(err.stream),
    now: () => new Date(clock),
    cpu: () => 0,
    wait: (ms) => {
      clock += ms;
      return Promise.resolve();
    },
    spans: spansOn(() => clock),
    signal: stop.signal,
  };
  return {
    io,
    stdout: out.text,
    stderr: err.text,
    abort: () => {
      stop.abort();
    },
  };
}
