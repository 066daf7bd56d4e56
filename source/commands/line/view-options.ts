import { EpsError } from '../../core/error.ts';
import type { commandFlags } from './flags.ts';
import type { Typed } from './typed.ts';
import { colorModes, viewOutputs } from './view-flags.ts';

export type ViewOptions = {
  /** From `-o`; a table when not given. */
  readonly output: 'table' | (typeof viewOutputs)[number];
  readonly color: (typeof colorModes)[number];
};

/** Throws kubectl's own error for a format that is not among them. */
export function parseOutput<Format extends string>(
  text: string,
  formats: readonly Format[],
): Format | 'table' {
  const wanted = text.toLowerCase();
  const output = wanted === '' ? 'table' : formats.find((format) => format === wanted);
  if (output === undefined) {
    throw new EpsError(
      `unable to match a printer suitable for the output format "${text}", allowed formats are: ${formats.join(',')}`,
    );
  }
  return output;
}

export function parseColor(text: string): ViewOptions['color'] {
  const color = colorModes.find((when) => when === text);
  if (color !== undefined) return color;
  throw new EpsError(
    `invalid argument "${text}" for "--color" flag: must be one of ${colorModes.join(', ')}`,
  );
}

export function viewOptions(
  flags: Typed<Pick<typeof commandFlags.diff, 'color' | 'output'>>['flags'],
): ViewOptions {
  return { output: parseOutput(flags.output, viewOutputs), color: parseColor(flags.color) };
}
