import { expect, test } from 'vitest';
import { spansOn } from '../../source/core/spans.ts';

/** Spans on a clock that each piece of work moves on by the time that it takes. */
function measuring() {
  let clock = 0;
  const spans = spansOn(() => clock);
  const work = (ms: number) => {
    clock += ms;
    return ms;
  };
  return { ...spans, work };
}

test('work is noted from when to when, once that is asked for', () => {
  const { span, record, work } = measuring();
  expect(span('before', () => work(10))).toBe(10);
  const recorded = record();
  expect(span('read', () => work(5))).toBe(5);
  expect(recorded).toEqual([{ name: 'read', start: 10, end: 15 }]);
});

test('work that gives a promise is done when that is settled, be it well or not', async () => {
  const { span, record, work } = measuring();
  const recorded = record();
  let settle: (value: string) => void = () => undefined;
  const later = new Promise<string>((resolve) => {
    settle = resolve;
  });
  const given = [span('kept', () => later), span('broken', () => Promise.reject(new Error('no')))];
  expect(recorded).toEqual([]);
  work(7);
  settle('done');
  expect(await Promise.allSettled(given)).toMatchObject([{ value: 'done' }, { status: 'rejected' }]);
  expect(recorded.map(({ name }) => name).toSorted()).toEqual(['broken', 'kept']);
  expect(recorded).toContainEqual({ name: 'kept', start: 0, end: 7 });
});
