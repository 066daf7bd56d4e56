import type { Duplex } from 'node:stream';

/**
 * The cluster as a gateway sees it: the JSON of one GET. What is thrown carries the HTTP `status` when it was
 * the API server that answered.
 */
export type KubeApi = {
  readonly get: (path: string, query?: Readonly<Record<string, string>>) => Promise<unknown>;
};

export type PodName = { readonly namespace: string; readonly name: string };

export type Command = {
  readonly argv: readonly string[];
  /** One line for its standard input. */
  readonly input: string;
  /** Of its output. */
  readonly maxBytes: number;
};

/** Runs a command in a pod. Aborting gives it up. */
export type Exec = (
  pod: PodName & { readonly container?: string },
  command: Command,
  signal: AbortSignal,
) => Promise<{ readonly stdout: string; readonly stderr: string; readonly exitCode: number }>;

/** A connection to a pod's port; who asks destroys it. Aborting gives up what is not connected yet. */
export type Dial = (pod: PodName, port: number, signal: AbortSignal) => Promise<Duplex>;
