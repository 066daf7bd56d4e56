import { expect, test } from 'vitest';
import { printChanges } from '../../source/commands/print-changes.ts';
import type { Moment } from '../../source/commands/reader.ts';
import { parse } from '../../source/commands/line/parse.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import { fakeIo } from '../helpers/io.ts';
import { recordedObjects } from '../helpers/recorded.ts';
import { collectKubernetes } from '../../source/sources/files/kubernetes.ts';

const absent = { state: 'Absent' } as const;
const { layers } = collectKubernetes(
  recordedObjects('insync-20').map((value) => ({ source: 'recorded', value })),
);
const base = { apiVersion: 'eps/v1', kind: 'Snapshot', versions: {}, gatewayGiven: false } as const;

/** The recorded Service at second so many, with so many of its pods. */
function momentAt(second: number, pods: number): Moment {
  const takenAt = new Date(second * 1_000).toISOString();
  const kept =
    layers.pods.state === 'Read' ? { ...layers.pods, items: layers.pods.items.slice(0, pods) } : absent;
  const snapshot: Snapshot = { ...base, ...layers, pods: kept, upstreams: absent, replicas: absent, takenAt };
  return { snapshot, services: itemsOf(snapshot.services).slice(0, 1), freshness: [] };
}

async function changes(argv: readonly string[], first: Moment, later: readonly Moment[]) {
  const invocation = await parse(['diff', 'web', '-w', ...argv]);
  if (invocation.command !== 'diff') throw new Error('not diff');
  const { io, stdout, stderr } = fakeIo([]);
  // eslint-disable-next-line @typescript-eslint/require-await -- moments come when they come
  const follow = async function* () {
    yield* later;
  };
  await printChanges(follow, { reading: first, options: invocation.options, io });
  return { stdout: stdout(), stderr: stderr() };
}

const later = [momentAt(2, 20), momentAt(3, 19), momentAt(3.5, 19), momentAt(5, 19), momentAt(6, 20)];

test('-w prints the verdict, then a row for each that is another one', async () => {
  const { stdout } = await changes([], momentAt(1, 20), later);
  const rows = stdout.trimEnd().split('\n');
  expect(rows.map((row) => row.split(/\s+/).slice(2, 5).join(' '))).toEqual([
    'STATUS PODS SLICES',
    'Synced 20/20 20/20',
    'Drift 19/19 20/20',
    'Drift 19/19 20/20',
    'Synced 20/20 20/20',
  ]);
});

test('-w -o json prints no order to a terminal', async () => {
  const { snapshot, services } = momentAt(1, 20);
  const odd = services.map((service) => ({ ...service, name: 'web\u009b2J\u202e' }));
  const { stdout } = await changes(['-o', 'json'], { snapshot, services: odd, freshness: [] }, []);
  expect(stdout).toContain('"name":"web\\u009b2J\\u202e"');
});

test('-w -o json prints a report a line; drift is confirmed by a moment a second later that is no different', async () => {
  const { stdout } = await changes(['-o', 'json'], momentAt(1, 20), later);
  const lines = stdout.trimEnd().split('\n');
  const told = lines.map((line) => {
    const { status, findings } = JSON.parse(line) as {
      status: string;
      findings: readonly { readonly confirmation?: { readonly state: string } }[];
    };
    return [status, ...new Set(findings.flatMap(({ confirmation }) => confirmation?.state ?? []))];
  });
  expect(told).toEqual([['Synced'], ['Drift', 'Settling'], ['Drift', 'Confirmed'], ['Synced']]);
});

test('-w tells once that a Service is gone, and prints it again when it is back', async () => {
  const away = { ...momentAt(2, 20), services: [] };
  const moments = [away, { ...away }, momentAt(3, 20), away];
  const { stdout, stderr } = await changes([], momentAt(1, 20), moments);
  expect(stdout.match(/ Synced /g)).toHaveLength(2);
  const gone = 'notice: Service case-insync-20/web is not there any more\n';
  expect(stderr).toBe(gone + gone);
});

test.each([
  [['--from', 'x'], '--watch cannot be used with --from, which reads files instead'],
  [['--at-replicas', '5'], '--at-replicas cannot be used with --watch'],
])('-w with %j is refused', async (argv, words) => {
  await expect(parse(['diff', 'web', '-w', ...argv])).rejects.toThrow(words);
});
