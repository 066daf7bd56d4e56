import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../source/views/ui/filter.ts';
import { keepInView, shownRows } from '../../../source/views/ui/rows.ts';
import { truncatedReport } from '../../helpers/report.ts';

const rows = truncatedReport(1100).addresses;

function countOf(filter: string, driftOnly = false): number {
  return shownRows(rows, { filter, driftOnly }).length;
}

describe('filter', () => {
  test.each([
    ['', 1100],
    ['10\\.0\\.0\\.1:', 1],
    ['MISSING', 100],
    ['!missing', 1000],
    ['code:truncated', 100],
    ['!code:truncated', 1000],
    ['layer:endpoints', 100],
    ['layer:end', 0],
    ['layer:endpointslices', 0],
    ['node:node-3$', 157],
    ['zone-a', 367],
    ['node:node-3$ code:Trunc', 14],
    ['  code:  ', 1100],
    ['!', 1100],
    ['http:8080', 0],
  ])('%j lets %i rows through', (filter, count) => {
    expect(countOf(filter)).toBe(count);
  });

  test('a pod term looks at the pod alone', () => {
    const [first] = rows;
    expect(first?.pod).toBeDefined();
    expect(countOf(`pod:${first?.pod ?? ''}`)).toBe(1);
    expect(countOf('pod:node-3')).toBe(0);
  });

  test('drift only and filter hold together', () => {
    expect(countOf('node:node-3$', true)).toBe(14);
  });

  test('an invalid expression is told apart and hides nothing', () => {
    expect(parseFilter('pod:(')).toBeUndefined();
    expect(countOf('pod:(')).toBe(1100);
    expect(countOf('pod:(', true)).toBe(100);
  });
});

describe('window', () => {
  test.each([
    ['stays when the cursor is inside', { cursor: 5, offset: 3 }, 100, { cursor: 5, offset: 3 }],
    ['follows the cursor down', { cursor: 14, offset: 3 }, 100, { cursor: 14, offset: 5 }],
    ['follows the cursor up', { cursor: 1, offset: 3 }, 100, { cursor: 1, offset: 1 }],
    ['ends at the last row', { cursor: Infinity, offset: 0 }, 100, { cursor: 99, offset: 90 }],
    ['ends at the first row', { cursor: -Infinity, offset: 50 }, 100, { cursor: 0, offset: 0 }],
    ['stays full when rows go away', { cursor: 99, offset: 90 }, 12, { cursor: 11, offset: 2 }],
    ['begins at the top when all rows fit', { cursor: 3, offset: 2 }, 4, { cursor: 3, offset: 0 }],
    ['is at 0 without rows', { cursor: 7, offset: 7 }, 0, { cursor: 0, offset: 0 }],
  ])('%s', (_title, window, count, expected) => {
    expect(keepInView(window, count, 10)).toEqual(expected);
  });
});
