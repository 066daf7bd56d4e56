import { EpsError } from '../../core/error.ts';
import { flagName, type Flag, type FlagTable } from './flag.ts';

/** One flag with its value, one argument, or the words pflag has for what it cannot read. */
type Token =
  | { readonly kind: 'flag'; readonly name: string; readonly value: string; readonly repeatable: boolean }
  | { readonly kind: 'argument'; readonly word: string }
  /** `awaiting`: the flag whose value the line ends before. */
  | { readonly kind: 'fault'; readonly message: string; readonly awaiting?: string };

type NamedFlag = { readonly name: string; readonly flag: Flag };

/** The command line in one spelling only. */
export type Line = {
  /** `--name=value` each; one a flag unless it can be repeated. */
  readonly flags: readonly string[];
  /** What is left, in order, the command among it. */
  readonly args: readonly string[];
};

/** What strconv.ParseBool takes for a boolean. */
const booleans: ReadonlyMap<string, string> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, 'true'] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, 'false'] as const),
]);

function fault(message: string): Token {
  return { kind: 'fault', message };
}

/** pflag shows the flag as it was written. */
function missingValue({ name }: NamedFlag, written: string): Token {
  return { kind: 'fault', message: `flag needs an argument: ${written}`, awaiting: name };
}

/** The value of a flag given without one, where that is allowed. */
function impliedValue(flag: Flag): string | undefined {
  if (flag.type === 'boolean') return 'true';
  return 'bareValue' in flag ? flag.bareValue : undefined;
}

function set({ name, flag }: NamedFlag, value: string): Token {
  const repeatable = 'isMultiple' in flag;
  if (flag.type === 'string') return { kind: 'flag', name, value, repeatable };
  const canonical = booleans.get(value);
  if (canonical !== undefined) return { kind: 'flag', name, value: canonical, repeatable };
  const label = flag.shortFlag === undefined ? `--${name}` : `-${flag.shortFlag}, --${name}`;
  const quoted = JSON.stringify(value);
  return fault(
    `invalid argument ${quoted} for "${label}" flag: strconv.ParseBool: parsing ${quoted}: invalid syntax`,
  );
}

/** `--name`, `--name=value`, or `--name` with its value taken from the words after it. */
function longFlag(word: string, after: string[], known: readonly NamedFlag[]): Token {
  const [, name = '', written] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (name === '' || name.startsWith('-')) return fault(`bad flag syntax: ${word}`);
  const found = known.find((candidate) => candidate.name === name);
  if (!found) return fault(`unknown flag: --${name}`);
  const value = written ?? impliedValue(found.flag) ?? after.shift();
  return value === undefined ? missingValue(found, `--${name}`) : set(found, value);
}

/** `-A`, `-nfoo`, `-n=foo`, `-n` with its value taken from the words after it, and several in one: `-Anfoo`. */
function* shortFlags(letters: string, after: string[], known: readonly NamedFlag[]): Generator<Token> {
  const [letter = '', ...others] = letters;
  const found = known.find(({ flag }) => flag.shortFlag === letter);
  if (!found) {
    yield fault(`unknown shorthand flag: '${letter}' in -${letters}`);
    return;
  }
  const tail = others.join('');
  const implied = impliedValue(found.flag);
  // pflag takes a lone `=` for the value itself: `-n=` is the namespace "=".
  if (tail.length > 1 && tail.startsWith('=')) yield set(found, tail.slice(1));
  else if (implied !== undefined) {
    yield set(found, implied);
    if (tail !== '') yield* shortFlags(tail, after, known);
  } else {
    const value = tail === '' ? after.shift() : tail;
    yield value === undefined ? missingValue(found, `'${letter}' in -${letters}`) : set(found, value);
  }
}

function* tokens(argv: readonly string[], flags: FlagTable): Generator<Token> {
  const known = Object.entries(flags).map(([key, flag]) => ({ name: flagName(key), flag }));
  const after = [...argv];
  for (let word = after.shift(); word !== undefined; word = after.shift()) {
    if (word === '--') {
      for (const rest of after) yield { kind: 'argument', word: rest };
      return;
    }
    if (word.startsWith('--')) yield longFlag(word, after, known);
    else if (word.startsWith('-') && word !== '-') yield* shortFlags(word.slice(1), after, known);
    else yield { kind: 'argument', word };
  }
}

/** The first word that is neither a flag nor a flag's value; what cannot be read is passed over. */
export function firstArgument(argv: readonly string[], flags: FlagTable): string | undefined {
  for (const token of tokens(argv, flags)) {
    if (token.kind === 'argument') return token.word;
  }
  return undefined;
}

/** Takes tokens in: of a flag that cannot be repeated the last one counts. */
function collector(): { readonly add: (token: Token) => void; readonly line: () => Line } {
  const values = new Map<string, readonly string[]>();
  const args: string[] = [];
  return {
    add: (token) => {
      if (token.kind === 'argument') args.push(token.word);
      if (token.kind !== 'flag') return;
      const earlier = token.repeatable ? (values.get(token.name) ?? []) : [];
      values.set(token.name, [...earlier, token.value]);
    },
    line: () => ({
      flags: [...values].flatMap(([name, list]) => list.map((value) => `--${name}=${value}`)),
      args,
    }),
  };
}

/** The command line as pflag understands it; throws pflag's error for the first thing it would refuse. */
export function normalise(argv: readonly string[], flags: FlagTable): Line {
  const { add, line } = collector();
  for (const token of tokens(argv, flags)) {
    if (token.kind === 'fault') throw new EpsError(token.message);
    add(token);
  }
  return line();
}

/** A command line to which more will be typed; `awaiting` is the flag whose value comes next. */
export type UnfinishedLine = Line & { readonly awaiting?: string };

/** What can be read of a command line so far; what cannot is passed over. */
export function readUnfinished(argv: readonly string[], flags: FlagTable): UnfinishedLine {
  const { add, line } = collector();
  let awaiting: string | undefined;
  for (const token of tokens(argv, flags)) {
    if (token.kind === 'fault') awaiting = token.awaiting;
    add(token);
  }
  return { ...line(), ...(awaiting !== undefined && { awaiting }) };
}
