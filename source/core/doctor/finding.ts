import type { ListedFinding } from '../findings/finding.ts';
import type { LayerName, Severity } from '../report.ts';
import type { DoctorFacts } from './facts.ts';

/** One occurrence of a finding. */
export type Diagnosis = {
  readonly severity: Severity;
  /** Where it stands, when that is another layer than the finding's own. */
  readonly layer?: LayerName | 'Service';
  /** Names of pods, where the finding is about pods. */
  readonly pods?: readonly string[];
  readonly message: string;
  /** A command to type. */
  readonly hint: string;
  /** Instead of the finding's own. */
  readonly references?: readonly string[];
};

/** What `doctor` can find. */
export type DoctorFinding = ListedFinding & {
  readonly find: (facts: DoctorFacts) => readonly Diagnosis[];
};
