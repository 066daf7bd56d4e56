import { compareText } from '../address.ts';
import { compareFindings } from '../findings/order.ts';
import type { ReportFinding } from '../report.ts';
import type { ComponentFact, ControllerFact, DoctorFacts, PermissionFact } from './facts.ts';
import { doctorFindings } from './index.ts';
import type { ControllerItem, DoctorReport, PermissionItem } from './report.ts';

/** A clock that is off by less is of no importance: answers are dated to the second, and travel. */
const toleratedSkewMs = 5000;

function findingsOf(facts: DoctorFacts): readonly ReportFinding[] {
  return doctorFindings
    .flatMap(({ code, layer, references, find }) =>
      find(facts).map((diagnosis) => {
        const { pods } = diagnosis;
        const count = pods ? pods.length : 1;
        return { code, layer, count, addresses: [], references, ...diagnosis };
      }),
    )
    .sort((a, b) => compareFindings(a, b) || compareText(a.message, b.message));
}

function controllerItem(fact: ControllerFact): ControllerItem {
  const { namespace, name, pods, generation, writesTo, version, reads } = fact;
  return {
    namespace,
    name,
    pods,
    generation,
    ...(version !== undefined && { version }),
    writesTo,
    ...(reads.state === 'Read' ? { reads: reads.value, source: reads.from } : { unread: reads.reason }),
  };
}

function permissionItem({ permission, namespace, allowed, reason }: PermissionFact): PermissionItem {
  const { verb, group, resource, subresource, usedBy, without } = permission;
  return {
    verb,
    group,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace,
    allowed,
    ...(reason !== undefined && { reason }),
    usedBy,
    without,
  };
}

function clockNotes(aheadMs: number | undefined): readonly string[] {
  if (aheadMs === undefined || Math.abs(aheadMs) <= toleratedSkewMs) return [];
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const where = aheadMs > 0 ? 'ahead of' : 'behind';
  return [
    `the clock of this machine is ${seconds} s ${where} the API server's: ages and times are off by so much`,
  ];
}

function versionNotes(components: readonly ComponentFact[]): readonly string[] {
  return components
    .filter(({ version }) => version === undefined)
    .map(
      ({ component, where }) =>
        `cannot tell which known bugs ${component} of ${where} has: its version is not known`,
    );
}

/** What is wrong with the installation, and what could not be told. */
export function diagnose(facts: DoctorFacts): DoctorReport {
  const { observedAt, components, controllers, permissions, clockAheadMs, unread } = facts;
  return {
    apiVersion: 'eps/v1',
    kind: 'DoctorReport',
    observedAt,
    versions: components,
    controllers: controllers.map(controllerItem),
    permissions: permissions.map(permissionItem),
    ...(clockAheadMs !== undefined && { clockAheadSeconds: Math.round(clockAheadMs / 1000) }),
    notes: [...unread, ...versionNotes(components), ...clockNotes(clockAheadMs)],
    findings: findingsOf(facts),
  };
}
