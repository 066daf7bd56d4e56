import { groupBy } from './group-by.ts';
import type { ReportFinding } from './report.ts';

function alike({ code, layer, port, upstream, gateway, replica }: ReportFinding): string {
  return [code, layer, port, upstream, gateway, replica].filter((part) => part !== undefined).join(' ');
}

/**
 * What tells the findings of one report apart, for people too, and finds each again in the next: of twins the second
 * stays the second.
 */
export function findingKeys(findings: readonly ReportFinding[]): ReadonlyMap<ReportFinding, string> {
  const twins = groupBy(findings, alike);
  return new Map(
    [...twins].flatMap(([key, all]) =>
      all.map((finding, twin) => [finding, twin === 0 ? key : `${key} ${twin + 1}`] as const),
    ),
  );
}
