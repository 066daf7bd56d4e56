import { findings } from '../findings/index.ts';
import { knownBugs } from '../known-bugs/index.ts';
import { fixedRelease, judgeBug, type KnownBug } from '../known-bugs/known-bug.ts';
import type { ComponentFact, DoctorFacts } from './facts.ts';
import type { Diagnosis, DoctorFinding } from './finding.ts';

/** The setting behind it is told by a finding of its own. */
const toldElsewhere = ['ControllerReadsEndpoints'];

/** Whether what has the bug is in use: APISIX's own discovery often is not. */
function isInUse({ upstreams }: KnownBug, { gateways }: DoctorFacts): boolean {
  if (upstreams !== 'Discovery') return true;
  return gateways.some(({ discovery }) => discovery.state === 'Unread' || discovery.value !== undefined);
}

function diagnose(bug: KnownBug, { component, version = '', where }: ComponentFact): Diagnosis {
  const fixedIn = fixedRelease(bug, { [component]: version });
  const [code = 'KnownBug'] = bug.findings;
  const layer = findings.find((finding) => finding.code === code)?.layer;
  const remedy = fixedIn === undefined ? 'no release is free of it' : `fixed in ${fixedIn}`;
  const source = bug.evidence === 'Read' ? ' (as read in its source, not seen)' : '';
  return {
    severity: fixedIn !== undefined && bug.evidence !== 'Read' ? 'Warning' : 'Info',
    ...(layer !== undefined && { layer }),
    message: `${component} ${version} (${where}): ${bug.summary}${source}`,
    hint: `kubectl eps explain ${code}  # ${remedy}`,
    references: bug.threads,
  };
}

export const knownBug: DoctorFinding = {
  code: 'KnownBug',
  layer: 'Upstream',
  severities: ['Warning', 'Info'],
  summary: 'a program runs in a version that has a known bug',
  page: {
    meaning:
      'A program runs in a version that has a bug that can make layers differ. It need not have struck: diff shows whether it did, and names the bug in what it finds. A Warning has a release that is free of it.',
    cause:
      "doctor compares the versions of the API server, APISIX, apisix-ingress-controller and ADC with a table of bugs. Versions of programs are those of their images' tags; where a tag tells none, doctor says that it cannot tell.",
    objects: ['image: apache/apisix-ingress-controller:2.1.0     # conf-version-rejected, fixed in 2.2.0'],
    action: 'Read what the bug does, and upgrade to the release that the hint names.',
    commands: [
      "kubectl get pods -A -o custom-columns='POD:.metadata.name,IMAGE:.spec.containers[*].image' | grep apisix",
    ],
  },
  references: [],
  find: (facts) => {
    const versions = new Map(
      facts.components.map((fact) => [`${fact.component} ${fact.version ?? ''}`, fact]),
    );
    return [...versions.values()].flatMap((fact) =>
      knownBugs
        .filter((bug) => isInUse(bug, facts) && !bug.isByDesign)
        .filter((bug) => !bug.findings.some((code) => toldElsewhere.includes(code)))
        .filter((bug) => judgeBug(bug, { [fact.component]: fact.version ?? '' }) === 'Affected')
        .map((bug) => diagnose(bug, fact)),
    );
  },
};
