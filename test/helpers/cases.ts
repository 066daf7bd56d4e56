import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { selectServices } from '../../source/commands/select-services.ts';
import { snapshotFromFiles } from '../../source/commands/from-files.ts';
import { judge } from '../../source/core/judge.ts';
import type { ServiceReport } from '../../source/core/report.ts';
import type { Snapshot } from '../../source/core/snapshot.ts';

const root = fileURLToPath(new URL('../fixtures/cases/', import.meta.url));

/** One of a case's right answers, computed by a program of its own from the recorded cluster. */
export type ExpectedFinding = {
  readonly code: string;
  readonly layer: string;
  readonly severity: 'info' | 'drift';
  readonly addresses?: readonly string[];
  readonly pods?: readonly string[];
};

export type Expected = {
  readonly service: string;
  readonly status: string;
  readonly findings: readonly ExpectedFinding[];
  readonly symptoms: readonly ExpectedFinding[];
  readonly mustNotReport: readonly string[];
  readonly mayReport: readonly string[];
  readonly layers: {
    readonly Pods: { readonly total: number; readonly ready: number };
    readonly EndpointSlices: { readonly objects: number; readonly addresses: number; readonly ready: number };
    readonly Endpoints: { readonly addresses: number; readonly notReady: number };
    readonly Upstream: { readonly nodes: number | null };
  };
};

export const caseNames: readonly string[] = readdirSync(root).filter((name) =>
  existsSync(`${root}${name}/expected.json`),
);

export function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(`${root}${name}/expected.json`, 'utf8')) as Expected;
}

/** The files of a recorded cluster, as `--from` takes them. */
export function filesOf(name: string): readonly string[] {
  const objects = ['objects.json', 'objects.json.gz'].find((file) => existsSync(`${root}${name}/${file}`));
  return [objects ?? '', 'upstreams.json', 'services.json', 'routes.json'].map(
    (file) => `${root}${name}/${file}`,
  );
}

const clock = { now: () => new Date('2026-01-01T00:00:00Z'), stdin: process.stdin };

export function snapshotOf(name: string): Promise<Snapshot> {
  return snapshotFromFiles(filesOf(name), clock, { isNamed: true });
}

/** The report of the case's Service. */
export function judgeCase(name: string, snapshot: Snapshot): ServiceReport {
  const [namespace = '', service = ''] = expectedOf(name).service.split('/');
  const [report] = judge(
    snapshot,
    selectServices(snapshot, {
      from: { kind: 'Files', paths: [] },
      services: { kind: 'Names', names: [service] },
      namespace,
      allNamespaces: false,
    }),
  );
  if (!report) throw new Error(`no report for ${name}`);
  return report;
}
