import { optional } from '../core/door.ts';
import { diagnose } from '../core/doctor/diagnose.ts';
import type { DoctorFacts, Permission, PermissionFact } from '../core/doctor/facts.ts';
import { permissions } from '../core/doctor/permissions.ts';
import type { DoctorReport } from '../core/doctor/report.ts';
import { isWithin } from '../core/versions.ts';
import { readInstallation, type InstallationFacts } from '../gateways/apisix/installation/read.ts';
import { reviewAccess } from '../sources/kubernetes/access-review.ts';
import type { Cluster } from '../sources/kubernetes/connection.ts';
import { mapLimited } from '../sources/kubernetes/map-limited.ts';
import { readServer } from '../sources/kubernetes/server-clock.ts';
import { printDoctorTable } from '../views/doctor-table.ts';
import { printDocument } from '../views/document.ts';
import { wantsColor } from './color.ts';
import type { CommandRun, Io } from './command.ts';
import type { DoctorOptions } from './line/options.ts';
import { clusterOf } from './open-cluster.ts';

/** Bytes: what a controller says on start is at the beginning of its log, and short. */
const logLimit = 65_536;

async function readLog(
  cluster: Cluster,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  container: string,
): Promise<string> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
  const { body } = await cluster.answer(path, { container, limitBytes: String(logLimit) });
  return body.toString('utf8');
}

/** Where each permission is needed: the usual namespace of APISIX stands for one that was not found. */
function placesOf(
  { scope }: Permission,
  cluster: Cluster,
  { components }: InstallationFacts,
): readonly string[] {
  switch (scope) {
    case 'Cluster':
      return [''];
    case 'Namespace':
      return [cluster.namespace];
    case 'Gateway': {
      const found = components.map(({ where }) => where.split('/')[0] ?? '');
      return found.length > 0 ? [...new Set(found)] : ['ingress-apisix'];
    }
  }
}

async function reviewAll(
  cluster: Cluster,
  installation: InstallationFacts,
  version: string | undefined,
): Promise<readonly PermissionFact[]> {
  const isAsked = ({ since }: Permission) =>
    since === undefined || version === undefined || isWithin(version, [{ from: since }]) !== false;
  const questions = permissions
    .filter(isAsked)
    .flatMap((permission) =>
      placesOf(permission, cluster, installation).map((namespace) => ({ permission, namespace })),
    );
  return mapLimited(questions, ({ permission, namespace }) => reviewAccess(cluster, permission, namespace));
}

async function readFacts(cluster: Cluster, now: Io['now']): Promise<DoctorFacts> {
  const { version, clockAheadMs } = await readServer(cluster, now);
  const installation = await readInstallation(
    cluster,
    (pod, container) => readLog(cluster, pod, container),
    cluster.namespace,
  );
  const kubernetes = {
    component: 'kubernetes' as const,
    ...optional('version', version),
    where: cluster.server,
  };
  return {
    observedAt: now().toISOString(),
    ...installation,
    components: [kubernetes, ...installation.components],
    permissions: await reviewAll(cluster, installation, version),
    ...optional('clockAheadMs', clockAheadMs),
  };
}

async function print(report: DoctorReport, { output, color }: DoctorOptions, io: Io): Promise<string> {
  switch (output) {
    case 'json':
    case 'yaml':
      return printDocument(report, output);
    case 'table':
    case 'wide':
      return printDoctorTable(report, { wide: output === 'wide', color: wantsColor(color, io) });
  }
}

/** Says what is wrong with the installation; findings are no failure, unlike a cluster that does not answer. */
export const run: CommandRun<DoctorOptions> = async (options, io) => {
  const cluster = await clusterOf(options.cluster, io);
  try {
    io.stdout.write(await print(diagnose(await readFacts(cluster, io.now)), options, io));
  } finally {
    cluster.close();
  }
  return 0;
};
