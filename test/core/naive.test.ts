import { expect, test } from 'vitest';
import { divergence } from '../../source/core/divergence.ts';
import { join } from '../../source/core/join.ts';
import { judge } from '../../source/core/judge.ts';
import type { ServiceReport } from '../../source/core/report.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import { addressOf, compared, judgeNaively, type NaiveVerdict } from '../helpers/naive-judge.ts';
import { randomSnapshot } from '../helpers/random-snapshot.ts';

const seeds = Array.from({ length: 10_000 }, (_, seed) => seed);

/**
 * Each difference with its named causes, but for the cut, which takes 1000 pods, and what makes two judges disagree:
 * families, ports, readiness, reuse.
 */
const causesOfMissingAndStale = [
  ...['MissingFromSlices', 'StaleInSlices', 'MissingFromEndpoints', 'StaleInEndpoints'],
  ...['MissingFromUpstream', 'StaleInUpstream', 'EndpointsFrozen', 'ReadinessSplit'],
  ...['NodeMissing', 'TerminalPodPublished', 'OwnerMismatch', 'OrphanedMirrorSlice', 'LeftoverSlice'],
  ...['ForeignSliceManager', 'UpstreamNotFound', 'UpstreamEmpty', 'AddressReused'],
  ...['PublishesNotReady', 'SingleFamilyEndpoints', 'TerminatingEndpoint', 'PodNotReady', 'PortMissing'],
  ...[
    'HeadlessService',
    'ServiceHasNoSelector',
    'ExternalNameService',
    'SubsetUpstream',
    'UpstreamByClusterIP',
  ],
];

type Naive = ReadonlyMap<string, NaiveVerdict>;
type Judged = {
  readonly seed: number;
  readonly snapshot: Snapshot;
  readonly naive: Naive;
  readonly report: ServiceReport;
};

const all: readonly Judged[] = seeds.map((seed) => {
  const snapshot = randomSnapshot(seed);
  const services = itemsOf(snapshot.services);
  const [service] = services;
  const [report] = judge(snapshot, services);
  if (!service || !report) throw new Error('a Snapshot has one Service');
  return { seed, snapshot, naive: judgeNaively(snapshot, service), report };
});

/** The real judge's side-by-side, in the form of the naive one. */
function sideBySide(snapshot: Snapshot): Naive {
  const rows = itemsOf(snapshot.services).flatMap((service) => join(indexScopes(snapshot)(service)).rows);
  return new Map(
    rows.map((row) => {
      const differing = (kind: string) => compared.filter((layer) => divergence(row, layer) === kind);
      return [
        `${row.port} ${row.text}`,
        { in: row.actual, missing: differing('Missing'), stale: differing('Stale') },
      ] as const;
    }),
  );
}

const textOf = (verdicts: Naive) =>
  [...verdicts]
    .map(([key, verdict]) => `${key}: ${JSON.stringify(verdict)}`)
    .sort()
    .join('\n');

test('10,000 random Snapshots: each address is where the naive judge says, missing and stale where it says', () => {
  for (const { seed, snapshot, naive } of all) {
    expect(textOf(sideBySide(snapshot)), `seed ${seed}`).toBe(textOf(naive));
  }
});

/** The addresses that the naive judge finds missing or stale in a layer. */
const naively = (naive: Naive, kind: 'missing' | 'stale', layer: string) =>
  new Set(
    [...naive]
      .filter(([, verdict]) => verdict[kind].some((name) => name === layer))
      .map(([key]) => addressOf(key)),
  );

test('what the report calls missing or stale is missing or stale, and all of it is explained', () => {
  for (const { seed, naive, report } of all) {
    const drift = report.findings.filter(({ severity }) => severity !== 'Info');
    for (const { code, layer, addresses } of drift) {
      const kind = /^(Missing|Stale)/.exec(code)?.[0].toLowerCase();
      if (kind !== 'missing' && kind !== 'stale') continue;
      const right = naively(naive, kind, layer);
      expect(
        addresses.filter((address) => !right.has(address)),
        `seed ${seed}: ${code}`,
      ).toEqual([]);
    }
    const explained = new Set(drift.flatMap(({ addresses }) => addresses));
    const differing = [...naive].filter(([, { missing, stale }]) => missing.length + stale.length > 0);
    const open = differing.map(([key]) => addressOf(key)).filter((address) => !explained.has(address));
    expect(open, `seed ${seed}`).toEqual([]);
  }
});

test('each row of the report says where its address first diverges, and by which finding', () => {
  for (const { seed, naive, report } of all) {
    const codes = new Set(report.findings.map(({ code }) => code));
    for (const row of report.addresses) {
      const own = [...naive].filter(([key]) => addressOf(key) === row.address).map(([, verdict]) => verdict);
      const first = ({ missing, stale }: NaiveVerdict) =>
        compared.find((name) => [...missing, ...stale].includes(name));
      const diverging = own.filter(first);
      const candidates = (diverging.length > 0 ? diverging : own).map((one) => ({
        in: one.in,
        at: first(one),
      }));
      expect(candidates, `seed ${seed}: ${row.address}`).toContainEqual({
        in: row.in,
        at: row.firstDivergence,
      });
      expect(row.because !== undefined && codes.has(row.because)).toBe(row.firstDivergence !== undefined);
    }
  }
});

test('the random Snapshots are of every kind', () => {
  const count = new Map<string, number>();
  for (const { report } of all)
    for (const name of new Set([report.status, ...report.findings.map(({ code }) => code)]))
      count.set(name, (count.get(name) ?? 0) + 1);
  const often = [...count].filter(([, times]) => times >= 20).map(([name]) => name);
  expect(often).toEqual(expect.arrayContaining(['Synced', 'Drift', 'Unknown', ...causesOfMissingAndStale]));
});
