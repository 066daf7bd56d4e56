import type { OutgoingHttpHeaders } from 'node:http';

/** One GET, or with a body one POST. */
export type Get = {
  readonly url: URL;
  /** The media types that can be read, the best one first. */
  readonly accept: string;
  /** JSON. */
  readonly body?: string;
  readonly isCompressed: boolean;
  /** In milliseconds, from the first to the last byte; 0 is no limit. */
  readonly timeout: number;
  readonly sinkFor?: SinkFor;
};

/** Whatever its status. */
export type Answer = {
  readonly status: number;
  readonly body: Buffer;
  /** Of the body, as its Content-Type header has it. */
  readonly contentType: string;
  /** The server's clock, as its Date header has it: to the second; empty when it does not tell. */
  readonly date: string;
};

/**
 * What takes the bytes of an answer as they come; without one they are its `body`. It throws nothing, and is asked anew
 * for every answer: one that breaks off may be followed by another.
 */
export type SinkFor = (head: Pick<Answer, 'status' | 'contentType'>) => ((chunk: Buffer) => void) | undefined;

export type Request = {
  readonly get: Get;
  /** A header with several values is sent several times. */
  readonly headers: Readonly<OutgoingHttpHeaders>;
  /** Aborted when the time for it is over. */
  readonly deadline: AbortSignal | undefined;
};

/** A server that is silent for so long is gone, in ms: the API server itself ends every GET after 60 s. */
export const idleTimeout = 75_000;

/** An error as those of the operating system: told by its code. */
export function coded(code: string, cause?: unknown): Error {
  return Object.assign(new Error(code, { cause }), { code });
}
