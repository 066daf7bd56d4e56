import { compareAddresses } from './address.ts';
import type { AddressRow } from './report.ts';

/**
 * Tells of each address of two reports of one Service what it was and what it is; undefined where it was not there. A
 * walk along both, which are in the order of addresses: almost always the next two are of the same one.
 */
export function sideBySide(
  before: readonly AddressRow[],
  after: readonly AddressRow[],
  tell: (was: AddressRow | undefined, is: AddressRow | undefined) => void,
): void {
  const earlier = before[Symbol.iterator]();
  let was = earlier.next().value;
  for (const is of after) {
    while (was && was.address !== is.address && compareAddresses(was.address, is.address) < 0) {
      tell(was, undefined);
      was = earlier.next().value;
    }
    if (was?.address === is.address) {
      tell(was, is);
      was = earlier.next().value;
    } else tell(undefined, is);
  }
  for (; was; was = earlier.next().value) tell(was, undefined);
}
