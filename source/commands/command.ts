import type { Spans } from '../core/spans.ts';
import type { Fetch } from '../sources/kubernetes/connection/fetch-answer.ts';
import type { Talk } from './talk.ts';

/** Shells ask what may come next with this word before what was typed, as of every program made with cobra. */
export const completeCommand = '__complete';

/** kubectl asks a program of this name what may come next after `kubectl eps`. */
export const completerName = 'kubectl_complete-eps';

/** What a command may touch of the world; `cli.ts` makes it from `process`, tests from plain streams. */
export type Io = {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  /** The path or the name that the program was called by. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly stdin: NodeJS.ReadStream;
  /** Data. `isTTY` tells whether it is a terminal; `columns` and `rows` are its size then. */
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: Talk;
  readonly now: () => Date;
  /** ms of CPU that the process has taken, on all cores. */
  readonly cpu: () => number;
  /** Resolves after so many ms; rejects when `signal` is aborted. */
  readonly wait: (ms: number) => Promise<void>;
  /** Absent where it cannot be told whom to trust: Node's own takes no certificates. */
  readonly fetch?: Fetch;
  /** What is done when, for `--profile`. */
  readonly spans: Spans;
  /** Aborted by ctrl-C, SIGTERM, SIGHUP or a closed stdout: close what is open and end. */
  readonly signal: AbortSignal;
};

/** 0 in sync or done, 1 drift, 2 error (1 for other commands than diff and demo), 3 could not tell, 130 ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** A command closes whatever it opened before it resolves: a forgotten socket keeps the process alive. */
export type CommandRun<Options> = (options: Options, io: Io) => Promise<ExitCode>;
