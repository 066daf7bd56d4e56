import type { TypedFlags } from 'meow';
import type { FlagTable } from './flag.ts';
import type { Line } from './normalise.ts';

/** A command's flags and arguments, typed. A flag that was not given has its default. */
export type Typed<Flags extends FlagTable> = {
  readonly flags: TypedFlags<Flags>;
  /** Names of the flags that stood on the command line. */
  readonly given: readonly string[];
  /** Without the command's own name. */
  readonly args: readonly string[];
};

/** meow looks for a package.json beside this module; a bundle has neither, and `pkg` is given. */
const importMeta: ImportMeta = {
  url: 'file:///',
  dirname: '/',
  filename: '/',
  main: false,
  resolve: (specifier) => specifier,
};

/** meow's parser takes one pair of quotes off every value, and drops an empty one of a list: give it a pair. */
function quoteValue(word: string): string {
  return word.replace(/=(.*)$/s, '="$1"');
}

/** Only meow's typed reading is wanted: help, versions, unknown flags and their exits are ours. */
export async function typed<Flags extends FlagTable>(line: Line, flags: Flags): Promise<Typed<Flags>> {
  const { default: meow } = await import('meow');
  const result = meow({
    importMeta,
    pkg: { name: 'kubectl-eps' },
    description: false,
    autoHelp: false,
    autoVersion: false,
    argv: line.flags.map(quoteValue),
    flags,
  });
  const given = line.flags.map((word) => word.slice('--'.length, word.indexOf('=')));
  return { flags: result.unnormalizedFlags, given, args: line.args.slice(1) };
}
