import { optional } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import type { FlagTable } from './flag.ts';
import { commandFlags, rootFlags, type CommandName } from './flags.ts';
import { firstArgument, normalise, type Line } from './normalise.ts';
import {
  completionOptions,
  demoOptions,
  diffOptions,
  doctorOptions,
  explainOptions,
  listOptions,
  snapshotOptions,
  upstreamOptions,
  versionOptions,
  type CompletionOptions,
  type DemoOptions,
  type DiffOptions,
  type DoctorOptions,
  type ExplainOptions,
  type ListOptions,
  type SnapshotOptions,
  type UpstreamOptions,
  type VersionOptions,
} from './options.ts';
import { similarNames } from './similar.ts';
import { typed } from './typed.ts';

/** What the command line asks for. `profile`: the file to write what was done when to. */
export type Invocation = Command & { readonly profile?: string };

type Command =
  | { readonly command: 'diff'; readonly options: DiffOptions }
  | { readonly command: 'list'; readonly options: ListOptions }
  | { readonly command: 'upstream'; readonly options: UpstreamOptions }
  | { readonly command: 'snapshot'; readonly options: SnapshotOptions }
  | { readonly command: 'doctor'; readonly options: DoctorOptions }
  | { readonly command: 'explain'; readonly options: ExplainOptions }
  | { readonly command: 'demo'; readonly options: DemoOptions }
  | { readonly command: 'version'; readonly options: VersionOptions }
  | { readonly command: 'completion'; readonly options: CompletionOptions }
  /** Without a topic: the help of the whole program. */
  | { readonly command: 'help'; readonly topic: CommandName | undefined };

/** To find the command wherever it stands, the flags of all of them are needed: some take the next word. */
const allFlags: FlagTable = Object.fromEntries(
  Object.values<FlagTable>(commandFlags).flatMap((flags) => Object.entries(flags)),
);

function isCommandName(word: string): word is CommandName {
  return Object.hasOwn(commandFlags, word);
}

/** The command among the words, wherever it stands; `undefined` when there is none that we know. */
export function commandOf(argv: readonly string[]): CommandName | undefined {
  const word = firstArgument(argv, allFlags);
  return word !== undefined && isCommandName(word) ? word : undefined;
}

function commandNamed(word: string | undefined): CommandName | undefined {
  if (word === undefined || isCommandName(word)) return word;
  const similar = similarNames(word, Object.keys(commandFlags)).map((name) => `\t${name}\n`);
  const suggestion = similar.length === 0 ? '' : `\n\nDid you mean this?\n${similar.join('')}`;
  throw new EpsError(`unknown command ${JSON.stringify(word)} for "kubectl eps"${suggestion}`);
}

async function commandIn(command: Exclude<CommandName, 'help'>, line: Line): Promise<Command> {
  switch (command) {
    case 'diff':
      return { command, options: diffOptions(await typed(line, commandFlags.diff)) };
    case 'list':
      return { command, options: listOptions(await typed(line, commandFlags.list)) };
    case 'upstream':
      return { command, options: upstreamOptions(await typed(line, commandFlags.upstream)) };
    case 'snapshot':
      return { command, options: snapshotOptions(await typed(line, commandFlags.snapshot)) };
    case 'doctor':
      return { command, options: doctorOptions(await typed(line, commandFlags.doctor)) };
    case 'explain':
      return { command, options: explainOptions(await typed(line, commandFlags.explain)) };
    case 'demo':
      return { command, options: demoOptions(await typed(line, commandFlags.demo)) };
    case 'version':
      return { command, options: versionOptions(await typed(line, commandFlags.version)) };
    case 'completion':
      return { command, options: completionOptions(await typed(line, commandFlags.completion)) };
  }
}

/** The file of `--profile`, which the help does not tell: it is for those who make this program quicker. */
function profileIn({ flags }: Line): string | undefined {
  const given = flags.find((flag) => flag.startsWith(profilePrefix));
  return given?.slice(profilePrefix.length);
}

const profilePrefix = '--profile=';

/** The words after `kubectl eps`, read as kubectl would read them; throws kubectl's own errors. */
export async function parse(argv: readonly string[]): Promise<Invocation> {
  const command = commandNamed(firstArgument(argv, allFlags));
  const line = normalise(argv, command === undefined ? rootFlags : commandFlags[command]);
  if (line.flags.includes('--help=true')) return { command: 'help', topic: command };
  if (command === undefined || command === 'help') {
    return { command: 'help', topic: commandNamed(line.args[1]) };
  }
  return { ...(await commandIn(command, line)), ...optional('profile', profileIn(line)) };
}
