import { confirm, nothingSeen, type Confirmed, type Sightings } from '../core/confirm.ts';
import { judge } from '../core/judge.ts';
import type { Service } from '../core/kubernetes.ts';
import type { ServiceReport } from '../core/report.ts';
import { indexScopes, type Scope, type ScopeIndex } from '../core/scope.ts';
import type { Span } from '../core/spans.ts';
import type { Reading } from './reader.ts';

/** What one reading tells of a Service, in the light of those before it. */
export type Verdict = Confirmed & {
  readonly service: Service;
  readonly scope: Scope;
  /** Without a word on what is confirmed. */
  readonly alone: ServiceReport;
};

export type Earlier = {
  /** What they saw of a Service; undefined for nothing. */
  readonly seen?: (service: Service) => Sightings | undefined;
  /** As `confirm` takes it. */
  readonly afterMs?: number;
  /** Where somebody else needs it too. */
  readonly scopeOf?: ScopeIndex;
  readonly span?: Span;
};

/** The verdicts of one reading: what earlier ones of the same Service saw unchanged is confirmed. */
export function verdictsOf(
  { snapshot, services }: Reading,
  { seen = () => nothingSeen, afterMs = 0, scopeOf = indexScopes(snapshot), span }: Earlier = {},
): readonly Verdict[] {
  const reports = judge(snapshot, services, scopeOf, span);
  return services.flatMap((service, index) => {
    const alone = reports[index];
    if (!alone) return [];
    const scope = scopeOf(service);
    const confirmed = confirm(scope, alone, seen(service) ?? nothingSeen, { afterMs });
    return [{ service, scope, alone, ...confirmed }];
  });
}
