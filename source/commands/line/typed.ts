import type { TypedFlags } from 'meow';
import { flagName, type FlagTable } from './flag.ts';
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

/** Those that stand on the command line: meow spends more on what is only a default than on what is there. */
function onlyGiven<Flags extends FlagTable>(flags: Flags, given: readonly string[]): Flags {
  const named = { ...flags };
  for (const key of Object.keys(flags)) {
    if (!given.includes(flagName(key))) Reflect.deleteProperty(named, key);
  }
  return named;
}

function withDefaults<Flags extends FlagTable>(flags: Flags, given: TypedFlags<Flags>): TypedFlags<Flags> {
  const all = { ...given };
  for (const [key, flag] of Object.entries(flags)) {
    if (!(key in given)) Reflect.set(all, key, flag.default);
  }
  return all;
}

/** Only meow's typed reading is wanted: help, versions, unknown flags and their exits are ours. */
export async function typed<Flags extends FlagTable>(line: Line, flags: Flags): Promise<Typed<Flags>> {
  const { default: meow } = await import('meow');
  const given = line.flags.map((word) => word.slice('--'.length, word.indexOf('=')));
  const { unnormalizedFlags } = meow({
    importMeta,
    pkg: { name: 'kubectl-eps' },
    description: false,
    autoHelp: false,
    autoVersion: false,
    argv: line.flags.map(quoteValue),
    flags: onlyGiven(flags, given),
  });
  return { flags: withDefaults(flags, unnormalizedFlags), given, args: line.args.slice(1) };
}
