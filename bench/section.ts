import type { Timing } from './measure.ts';
import type { Stage } from './stage.ts';

/** One figure of a run, beside what it should be. */
export type Figure = {
  readonly what: string;
  readonly value: number;
  /** `of the pipeline`, `MB` ... */
  readonly unit: string;
  /** Of the same unit. */
  readonly atMost?: number;
};

/** What one section found. */
export type Findings = {
  readonly figures: readonly Figure[];
  /** ms, by what was run. */
  readonly timings?: Readonly<Record<string, Timing>>;
  /** Sentences on what the figures come from. */
  readonly remarks?: readonly string[];
};

/** One part of the benchmark, that can be run alone; it sets up of the cluster what it needs. */
export type Section = (stage: Stage) => Promise<Findings>;

/** One against the other, by medians. */
export function ratio({ median }: Timing, base: Timing): number {
  return median / base.median;
}
