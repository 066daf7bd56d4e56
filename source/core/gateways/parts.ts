import { Causes, findAll, isOfGateway } from '../causes.ts';
import { join, type Join } from '../join.ts';
import { summariseLayers } from '../layers.ts';
import type { GatewaySummary, ReportFinding } from '../report.ts';
import type { Scope } from '../scope.ts';
import type { Span } from '../spans.ts';
import { scopesByGateway, type GatewayScope } from './scopes.ts';

/** A Service in one gateway, with what was found there. */
export type Part = {
  /** Absent for the only gateway. */
  readonly gateway?: string;
  readonly joined: Join;
  readonly causes: Causes;
  readonly findings: readonly ReportFinding[];
  readonly summary?: GatewaySummary;
};

function partOf({ gateway, scope }: GatewayScope, index: number, span: Span): Part {
  const joined = span('join', () => join(scope));
  const causes = new Causes();
  const found = findAll(joined, causes, gateway);
  // What is wrong in Kubernetes is the same beside every gateway, and told once.
  const findings = index === 0 ? found : found.filter(({ layer }) => isOfGateway(layer));
  if (gateway === undefined) return { joined, causes, findings };
  const layers = summariseLayers(joined).filter(({ name }) => isOfGateway(name));
  return { gateway, joined, causes, findings, summary: { name: gateway, layers } };
}

/** A Service as each gateway has it that serves it, or all together where none can be told from the others. */
export function partsOf(scope: Scope, span: Span): readonly Part[] {
  return scopesByGateway(scope).map((one, index) => partOf(one, index, span));
}
