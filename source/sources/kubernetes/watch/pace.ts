/** How patient a watch is; all in ms. */
export type Pace = {
  /** Between two questions whether the server still answers. */
  readonly heartbeat: number;
  /** How long it may take to answer that. */
  readonly answer: number;
  /** How long a WatchList may be silent before its end: a server that does not know it never tells. */
  readonly silence: number;
  /** Between two lists of what may not be watched. */
  readonly poll: number;
  /** After the first failure; twice as long after each that follows. */
  readonly firstPause: number;
  readonly longestPause: number;
};

/** A lost connection is noticed within heartbeat and answer: 4.5 s. */
export const defaultPace: Pace = {
  heartbeat: 2_000,
  answer: 2_500,
  silence: 5_000,
  poll: 10_000,
  firstPause: 250,
  longestPause: 4_000,
};

/** ms to wait after so many failures in a row. Half of it is chance, so that clients do not come back all at once. */
export function pauseAfter(failures: number, { firstPause, longestPause }: Pace, random: number): number {
  const pause = Math.min(longestPause, firstPause * 2 ** failures);
  return pause / 2 + (pause / 2) * random;
}
