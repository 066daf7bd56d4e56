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

const row = (last: number): AddressRow => ({ address: `10.0.0.${last}:8080`, in: {} });

test.each<readonly [title: string, before: readonly number[], after: readonly number[]]>([
  ['in the middle', [1, 2, 4], [1, 3, 4, 5]],
  ['at both ends', [2, 3, 10], [1, 3]],
  ['of all', [1, 2], []],
])('an address that one of two reports lacks is told in its place: %s', (_, before, after) => {
  const told: (readonly [was: number | undefined, is: number | undefined])[] = [];
  const numberOf = (one: AddressRow | undefined) => one && Number(/(\d+):/.exec(one.address)?.[1]);
  sideBySide(before.map(row), after.map(row), (was, is) => told.push([numberOf(was), numberOf(is)]));
  const all = [...new Set([...before, ...after])].toSorted((a, b) => a - b);
  const within = (numbers: readonly number[], last: number) => (numbers.includes(last) ? last : undefined);
  expect(told).toEqual(all.map((last) => [within(before, last), within(after, last)]));
});

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
