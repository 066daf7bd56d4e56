import { expect, test } from 'vitest';
import { judge } from '../../source/core/judge.ts';
import type { AddressRow } from '../../source/core/report.ts';
import { sideBySide } from '../../source/core/side-by-side.ts';
import { itemsOf } from '../../source/core/snapshot.ts';
import { randomSnapshot } from '../helpers/random-snapshot.ts';

/** The addresses of every Service of a random Snapshot. */
function rowsOf(seed: number): readonly (readonly AddressRow[])[] {
  const snapshot = randomSnapshot(seed);
  return judge(snapshot, itemsOf(snapshot.services)).map(({ addresses }) => addresses);
}

/** The same by looking each one up. */
function naive(before: readonly AddressRow[], after: readonly AddressRow[]) {
  const find = (rows: readonly AddressRow[], address: string) => rows.find((row) => row.address === address);
  const addresses = new Set([...before, ...after].map(({ address }) => address));
  return new Map([...addresses].map((address) => [address, [find(before, address), find(after, address)]]));
}

test('of any two reports each address is told once, with what it was and what it is', () => {
  for (let seed = 0; seed < 300; seed += 1) {
    for (const before of rowsOf(seed)) {
      for (const after of rowsOf(seed + 1)) {
        const told: (readonly [string | undefined, readonly (AddressRow | undefined)[]])[] = [];
        sideBySide(before, after, (was, is) => told.push([(was ?? is)?.address, [was, is]]));
        expect(told).toHaveLength(naive(before, after).size);
        expect(new Map(told), `seed ${seed}`).toEqual(naive(before, after));
      }
    }
  }
});
