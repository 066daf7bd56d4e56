import { doctorFindings } from './doctor/index.ts';
import type { ListedFinding } from './findings/finding.ts';
import { findings } from './findings/index.ts';
import { compareFindings } from './findings/order.ts';

const ordered = ({ code, layer, severities: [severity] }: ListedFinding) => ({ code, layer, severity });

/** What `diff` and `doctor` can find, for people to look things up in. */
export const listedFindings: readonly ListedFinding[] = [...findings, ...doctorFindings].toSorted((a, b) =>
  compareFindings(ordered(a), ordered(b)),
);
