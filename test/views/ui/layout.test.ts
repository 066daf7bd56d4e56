import { describe, expect, test } from 'vitest';
import type { ServiceReport } from '../../../source/core/report.ts';
import { addressTable } from '../../../source/views/ui/addresses/table.ts';
import { flowLine } from '../../../source/views/ui/flow.ts';
import {
  bodyHeight,
  fitColumns,
  frameHeight,
  isTooSmall,
  noticeHeight,
} from '../../../source/views/ui/layout.ts';
import { modelOf } from '../../../source/views/ui/model.ts';
import { tableOf } from '../../../source/views/ui/table/table.ts';
import { paint } from '../../../source/views/ui/text.ts';
import { syncedReport, truncatedReport, unreadReport } from '../../helpers/report.ts';
import { worldOf } from '../../helpers/screen.tsx';

const report = truncatedReport();

function columnsOf(given: ServiceReport) {
  const model = modelOf(worldOf(given), 'default/httpbin');
  return model ? tableOf(addressTable(model)).columns() : [];
}

const columns = columnsOf(report);

function titlesAt(width: number): string {
  return fitColumns(columns, width)
    .map(({ title }) => title)
    .join(' ');
}

describe('columns', () => {
  test.each([
    [60, 'ADDRESS PODS SLICES ENDPOINTS APISIX'],
    [72, 'ADDRESS PODS SLICES ENDPOINTS APISIX FIRST LOST'],
    [80, 'ADDRESS POD PODS SLICES ENDPOINTS APISIX FIRST LOST'],
    [90, 'ADDRESS POD NODE PODS SLICES ENDPOINTS APISIX FIRST LOST'],
    [110, 'ADDRESS POD NODE PODS SLICES ENDPOINTS APISIX FIRST LOST BECAUSE'],
    [200, 'ADDRESS POD NODE ZONE PODS SLICES ENDPOINTS APISIX FIRST LOST BECAUSE'],
  ])('at %i the table has %s', (width, titles) => {
    expect(titlesAt(width)).toBe(titles);
  });

  test('the columns never need more than the terminal has', () => {
    for (let width = 60; width <= 300; width += 1) {
      const used = fitColumns(columns, width).reduce((sum, column) => sum + 2 + column.width, 0);
      expect(used, `at ${width}`).toBeLessThanOrEqual(width);
    }
  });

  test('an absent layer has no column', () => {
    const { layers, ...rest } = syncedReport(1);
    const absent = layers.map((layer) =>
      layer.name === 'Upstream' ? { name: layer.name, state: 'Absent' as const } : layer,
    );
    const titles = columnsOf({ ...rest, layers: absent }).map(({ title }) => title);
    expect(titles).not.toContain('APISIX');
  });
});

describe('heights', () => {
  test('the parts of the screen fill all rows but one', () => {
    for (let rows = 15; rows <= 100; rows += 1) {
      const size = { columns: 80, rows };
      const parts = 4 + noticeHeight(size, 4) + bodyHeight(size, 4);
      expect(parts, `at ${rows}`).toBe(frameHeight(size));
    }
  });

  test.each([
    [{ columns: 60, rows: 15 }, false],
    [{ columns: 59, rows: 50 }, true],
    [{ columns: 200, rows: 14 }, true],
  ])('%o is too small: %s', (size, expected) => {
    expect(isTooSmall(size)).toBe(expected);
  });
});

describe('flow', () => {
  test.each([
    [100, 'Pods 2000 ready  ->  Slices 2000 in 20  ->  Endpoints 1000 CUT  ->  APISIX 1000 CUT'],
    [80, 'Pods 2000 ready -> Slices 2000 in 20 -> Endpoints 1000 CUT -> APISIX 1000 CUT'],
    [62, 'Pods 2000 > Slices 2000 > Endpoints 1000 CUT > APISIX 1000 CUT'],
  ])('in %i columns it reads %s', (width, expected) => {
    expect(paint(flowLine(report, width), false)).toBe(expected);
  });

  test('an unread layer is said to be unread, never empty', () => {
    expect(paint(flowLine(unreadReport(), 100), false)).toBe(
      'Pods 20 ready  ->  Slices 20 in 1  ->  Endpoints 20  ->  APISIX UNREAD',
    );
  });

  test('addresses that are not ready are counted apart', () => {
    const synced = syncedReport();
    const layers = synced.layers.map((layer) => ({ ...layer, ready: 18 }));
    expect(paint(flowLine({ ...synced, layers }, 100), false)).toBe(
      'Pods 18/20 ready  ->  Slices 18/20 in 1  ->  Endpoints 18/20  ->  APISIX 18/20',
    );
  });
});
