import { cutAtReplicas } from '../core/cut/at-replicas.ts';
import { optional } from '../core/door.ts';
import type { ServiceReport } from '../core/report.ts';
import type { Scope } from '../core/scope.ts';
import type { DiffOptions } from './line/options.ts';

/** What more or fewer replicas would bring, where that was asked for. */
export function lookAhead(
  scope: Scope,
  { atReplicas }: Pick<DiffOptions, 'atReplicas'>,
): Pick<ServiceReport, 'atReplicas'> {
  return optional('atReplicas', atReplicas === undefined ? undefined : cutAtReplicas(scope, atReplicas));
}
