import { expect, test } from 'vitest';
import { EpsError } from '../../source/core/error.ts';

test('an error keeps its cause, has no hint unless given, and stands behind "error:" unless it is verbatim', () => {
  const cause = new Error('connection refused');
  const plain = new EpsError('cannot read pods', { cause });
  expect([plain.cause, plain.hint, plain.verbatim]).toEqual([cause, undefined, false]);
  expect(new EpsError('Error from server', { verbatim: true }).verbatim).toBe(true);
});
