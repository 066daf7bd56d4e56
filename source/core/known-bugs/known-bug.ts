import type { UpstreamSource } from '../snapshot.ts';
import { isWithin, type Component, type VersionRange, type Versions } from '../versions.ts';

/** A bug, or a limit, that certain versions have. */
export type KnownBug = {
  /** Of words with dashes; never changed. */
  readonly id: string;
  readonly component: Component;
  readonly ranges: readonly VersionRange[];
  /** What goes wrong: one clause without a full stop. */
  readonly summary: string;
  /** `Reported`: users met it. `Measured`: seen in a run of that version. `Read`: read in the source, never seen. */
  readonly evidence: 'Reported' | 'Measured' | 'Read';
  /** A limit that is meant: nothing is wrong with an installation that has it. */
  readonly isByDesign?: true;
  /** Only upstreams from this source are touched. */
  readonly upstreams?: UpstreamSource;
  /** Codes of the findings that it can be behind; empty when it hides a layer instead. */
  readonly findings: readonly string[];
  /** As `owner/repository#number`. */
  readonly threads: readonly string[];
};

export type BugVerdict = 'Affected' | 'NotAffected' | 'CannotTell';

/** Whether a program of these versions has the bug. */
export function judgeBug({ component, ranges }: KnownBug, versions: Versions): BugVerdict {
  switch (isWithin(versions[component] ?? '', ranges)) {
    case true:
      return 'Affected';
    case false:
      return 'NotAffected';
    case undefined:
      return 'CannotTell';
  }
}

/** The release that is free of it: the one of the same line where the version is known, else the newest; if any. */
export function fixedRelease({ component, ranges }: KnownBug, versions: Versions = {}): string | undefined {
  const version = versions[component] ?? '';
  const own = ranges.find((range) => isWithin(version, [range]));
  return (own ?? ranges.at(-1))?.fixedIn;
}
