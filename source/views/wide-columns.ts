import type { AddressRow } from '../core/report.ts';

/** A column of the table of addresses that is in `-o wide` and on the screen. */
type WideColumn = {
  readonly title: string;
  /** Undefined where it is not known. */
  readonly textOf: (row: AddressRow) => string | undefined;
  /** The key that sorts by it on the screen. */
  readonly letter: string;
  /** On a screen that is too narrow the highest falls away first. */
  readonly rank: number;
};

/** Where the pod of an address runs. */
export const wideColumns: readonly WideColumn[] = [
  { title: 'NODE', textOf: ({ node }) => node, letter: 'N', rank: 3 },
  { title: 'ZONE', textOf: ({ zone }) => zone, letter: 'Z', rank: 5 },
];
