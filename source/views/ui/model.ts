import type { Freshness } from '../../core/freshness.ts';
import { fullName, type Service } from '../../core/kubernetes.ts';
import type { ServiceReport } from '../../core/report.ts';
import type { Scope, ScopeIndex } from '../../core/scope.ts';

/** What the screen shows of one Service: the verdict, and the objects that it was made from. */
export type ServiceModel = { readonly report: ServiceReport; readonly scope: Scope };

/** What is known at one moment of all Services on the screen. */
export type World = {
  readonly services: readonly { readonly service: Service; readonly report: ServiceReport }[];
  readonly scopeOf: ScopeIndex;
  /** How current each layer is; of a recording nothing is. */
  readonly freshness: readonly Freshness[];
};

/** One Service of the world; undefined when it is not there. */
export function modelOf({ services, scopeOf }: World, name: string): ServiceModel | undefined {
  const found = services.find(({ service }) => fullName(service) === name);
  return found && { report: found.report, scope: scopeOf(found.service) };
}
