import type { Address } from '../address.ts';
import type { Divergence } from '../divergence.ts';
import type { ComparedLayer } from '../expected.ts';
import type { Join, Row } from '../join.ts';
import type { LayerName, Severity } from '../report.ts';

/** What a finding's test sees: the join, and the differences that no earlier finding has explained. */
export type Context = {
  readonly join: Join;
  /** Rows that diverge so in the layer and have no cause yet. */
  readonly unexplained: (layer: ComparedLayer, kind: Divergence) => readonly Row[];
};

/** One occurrence of a finding. */
export type Found = {
  readonly severity: Severity;
  readonly rows: readonly Row[];
  /** Rows it explains without listing them: consequences in its own layer. */
  readonly explains?: readonly Row[];
  /** Where it stands, when that is another layer than the finding's own. */
  readonly layer?: LayerName;
  /** Layers further on: what differs there in the same way, missing or stale, is a consequence. */
  readonly swallows?: readonly ComparedLayer[];
  /** Addresses that no row of a present Service port has. */
  readonly addresses?: readonly Address[];
  /** Names of pods, where the finding is about pods; also counted when there are no rows. */
  readonly pods?: readonly string[];
  /** The Service port (by name, empty when unnamed) of a finding that has no rows to tell it. */
  readonly port?: string;
  /** Name of the upstream, else its id. */
  readonly upstream?: string;
  readonly gateway?: string;
  /** NAMESPACE/POD of the gateway, when it is about one alone. */
  readonly replica?: string;
  readonly message: string;
  /** A command to type. */
  readonly hint: string;
};

/** What `explain` says of a finding besides its summary and threads. */
type FindingPage = {
  /** What it says and whom it hurts. */
  readonly meaning: string;
  /** How it comes about. */
  readonly cause: string;
  /** What the objects look like; lines, kept as they are. */
  readonly objects: readonly string[];
  /** What to do. */
  readonly action: string;
  /** Commands for it; what is in capitals must be filled in. */
  readonly commands: readonly string[];
};

/** What can be looked up of a finding. */
export type ListedFinding = {
  readonly code: string;
  readonly layer: LayerName | 'Service';
  /** Every severity that it may have, the worst first. */
  readonly severities: readonly [Severity, ...Severity[]];
  /** Half a sentence, for the lists of findings. */
  readonly summary: string;
  readonly page: FindingPage;
  /** Threads behind it, as `owner/repository#number`. */
  readonly references: readonly string[];
};

/** A cause that `diff` can name. Its place in the list of `index.ts` is its precedence. */
export type Finding = ListedFinding & {
  readonly find: (context: Context) => readonly Found[];
};
