import { apisixBugs } from './apisix.ts';
import { ingressControllerBugs } from './ingress-controller.ts';
import type { KnownBug } from './known-bug.ts';
import { kubernetesBugs } from './kubernetes.ts';

/** Every bug that is known by version. */
export const knownBugs: readonly KnownBug[] = [...kubernetesBugs, ...ingressControllerBugs, ...apisixBugs];

/** Those that can be behind a finding. */
export function bugsBehind(code: string): readonly KnownBug[] {
  return knownBugs.filter(({ findings }) => findings.includes(code));
}
