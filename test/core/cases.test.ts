import { describe, expect, test } from 'vitest';
import { sortByAddress, parseAddress } from '../../source/core/address.ts';
import type { ReportFinding } from '../../source/core/report.ts';
import { caseNames, expectedOf, judgeCase, snapshotOf, type ExpectedFinding } from '../helpers/cases.ts';

const sorted = (addresses: readonly string[] = []) => sortByAddress(addresses, parseAddress);
const brief = ({ code, layer, severity, addresses }: ReportFinding) => ({
  code,
  layer,
  severity: severity === 'Info' ? 'info' : 'drift',
  addresses,
});
const wanted = ({ code, layer, severity, addresses }: ExpectedFinding) => ({
  code,
  layer,
  severity,
  addresses: sorted(addresses),
});

describe.each(caseNames)('the recorded cluster %s', (name) => {
  const right = expectedOf(name);

  test('has the right status and exactly the right findings', async () => {
    const report = judgeCase(name, await snapshotOf(name));
    expect(report.status).toBe(right.status);
    expect(report.findings.map(brief)).toEqual(expect.arrayContaining(right.findings.map(wanted)));
    const named = new Set(right.findings.map(({ code }) => code));
    const others = report.findings.filter(({ code }) => !named.has(code));
    expect(others.filter(({ severity }) => severity !== 'Info')).toEqual([]);
    expect(others.map(({ code }) => code).filter((code) => right.mustNotReport.includes(code))).toEqual([]);
  });

  test('has the right counts in every layer', async () => {
    const { layers } = judgeCase(name, await snapshotOf(name));
    const [pods, slices, endpoints, upstream] = layers;
    expect(pods).toMatchObject({ addresses: right.layers.Pods.total, ready: right.layers.Pods.ready });
    expect(slices).toMatchObject(
      right.layers.EndpointSlices.objects === 0
        ? { addresses: 0 }
        : {
            objects: right.layers.EndpointSlices.objects,
            addresses: right.layers.EndpointSlices.addresses,
            ready: right.layers.EndpointSlices.ready,
          },
    );
    expect(endpoints?.ready).toBe(right.layers.Endpoints.addresses);
    expect((endpoints?.addresses ?? 0) - (endpoints?.ready ?? 0)).toBe(right.layers.Endpoints.notReady);
    expect(upstream?.addresses ?? null).toBe(right.layers.Upstream.nodes);
  });

  test('explains every address that diverges by one of its findings', async () => {
    const report = judgeCase(name, await snapshotOf(name));
    const codes = report.findings.map(({ code }) => code);
    for (const row of report.addresses.filter(({ firstDivergence }) => firstDivergence)) {
      expect(codes).toContain(row.because);
    }
  });

  test('gives the same bytes whatever the order of the input', async () => {
    const snapshot = await snapshotOf(name);
    const reversed = JSON.parse(JSON.stringify(snapshot), (_, value: unknown) =>
      Array.isArray(value) && value.length > 1 && typeof value[0] === 'object' ? value.reverse() : value,
    ) as typeof snapshot;
    expect(JSON.stringify(judgeCase(name, reversed))).toBe(JSON.stringify(judgeCase(name, snapshot)));
  });
});
