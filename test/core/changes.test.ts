import { expect, test } from 'vitest';
import { changesBetween } from '../../source/core/changes.ts';
import { syncedReport, truncatedReport, unreadReport } from '../helpers/report.ts';

const short = (before: Parameters<typeof changesBetween>[0], after: typeof before) =>
  changesBetween(before, after).map(({ subject, from, to, count }) => `${subject} ${from} ${to} ${count}`);

test('nothing changes between equal reports', () => {
  expect(changesBetween(truncatedReport(1100), truncatedReport(1100))).toEqual([]);
});

test('addresses that come, go and change are counted by what happened to them, in the order of the layers', () => {
  expect(short(syncedReport(1000), truncatedReport(1002))).toEqual([
    'Pods Absent Ready 2',
    'EndpointSlices Absent Ready 2',
    'EndpointsTruncated - 2 2',
    'UpstreamCutByEndpoints - 2 2',
    'Status Synced Drift 1',
  ]);
});

test('addresses that a layer gets back are told apart from those that are gone', () => {
  expect(short(truncatedReport(1002), syncedReport(1001)).slice(0, 4)).toEqual([
    'Pods Ready Absent 1',
    'EndpointSlices Ready Absent 1',
    'Endpoints Absent Ready 1',
    'Upstream Absent Present 1',
  ]);
});

test('addresses that come and those that go are named', () => {
  const [first, second] = syncedReport(2).addresses.map(({ address }) => address);
  const named = (before: number, after: number) =>
    new Set(
      changesBetween(syncedReport(before), syncedReport(after)).map(({ addresses }) => addresses.join()),
    );
  expect([named(1, 2), named(2, 1), named(0, 1)]).toEqual([
    new Set([second]),
    new Set([second]),
    new Set([first]),
  ]);
});

test('a change names its addresses, and that of a layer or of the verdict has none', () => {
  const changes = changesBetween(syncedReport(2), unreadReport(2));
  expect(changes.map(({ subject, addresses }) => [subject, addresses])).toEqual([
    ['Upstream', []],
    ['Upstream', syncedReport(2).addresses.map(({ address }) => address)],
    ['Status', []],
  ]);
});

test('a layer that is not read any more is a change of its own', () => {
  expect(short(syncedReport(3), unreadReport(3))).toEqual([
    'Upstream Read Unread 1',
    'Upstream Present Unread 3',
    'Status Synced Unknown 1',
  ]);
});

test('a finding that is confirmed is a change, with the time of the later report', () => {
  const before = truncatedReport(1002);
  const confirmed = { state: 'Confirmed', since: before.observedAt } as const;
  const [first, ...others] = before.findings;
  if (!first) throw new Error('no finding');
  const after = {
    ...before,
    observedAt: '2026-03-01T12:00:02Z',
    findings: [{ ...first, confirmation: confirmed }, ...others],
  };
  expect(changesBetween(before, after)).toEqual([
    {
      at: '2026-03-01T12:00:02Z',
      subject: 'EndpointsTruncated',
      from: '2',
      to: '2 Confirmed',
      count: 2,
      addresses: first.addresses,
    },
  ]);
});

test('of two findings that differ in their addresses alone one that goes is told', () => {
  const report = truncatedReport(1001);
  const [finding] = report.findings;
  if (!finding) throw new Error('nothing was found');
  const twin = { ...finding, count: 7 };
  const [both, one] = [
    { ...report, findings: [finding, twin] },
    { ...report, findings: [finding] },
  ];
  expect(short(both, one)).toEqual(['EndpointsTruncated 7 - 7']);
});
