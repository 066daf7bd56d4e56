import { compareText } from '../../core/address.ts';
import { clusterFlags } from './cluster-flags.ts';
import { flagName, type Flag, type FlagTable } from './flag.ts';
import { commandFlags, ownFlags, type CommandName } from './flags.ts';
import { pages, rootLong, type Page } from './pages.ts';

type NamedFlag = readonly [name: string, flag: Flag];

function sorted(flags: FlagTable): readonly NamedFlag[] {
  return Object.entries(flags)
    .map(([key, flag]): NamedFlag => [flagName(key), flag])
    .sort(([a], [b]) => compareText(a, b));
}

/** A default as kubectl prints it: `''`, `'0'`, `false`, `[]`. */
function printedDefault(flag: Flag): string {
  if (flag.type === 'boolean') return String(flag.default);
  return 'isMultiple' in flag ? `[${flag.default.join(',')}]` : `'${flag.default}'`;
}

/** `-n, --namespace=''`. */
function label([name, flag]: NamedFlag): string {
  const short = flag.shortFlag === undefined ? '' : `-${flag.shortFlag}, `;
  return `${short}--${name}=${printedDefault(flag)}`;
}

/** Each flag by its label, `-n, --namespace=''`, with the sentence about it. */
export function describeFlags(
  flags: FlagTable,
): readonly { readonly label: string; readonly usage: string }[] {
  return sorted(flags).map((named) => ({ label: label(named), usage: named[1].usage }));
}

function flagSection(title: string, flags: FlagTable): readonly string[] {
  const entries = describeFlags(flags).map((flag) => `    ${flag.label}:\n\t${flag.usage}`);
  return entries.length === 0 ? [] : [`${title}:\n${entries.join('\n\n')}`];
}

function exampleSection(examples: Page['examples']): string {
  return `Examples:\n${examples.map(({ comment, command }) => `  # ${comment}\n  ${command}`).join('\n  \n')}`;
}

function usageSection(words: readonly string[]): string {
  return `Usage:\n  ${['kubectl eps', ...words.filter(Boolean), '[flags] [options]'].join(' ')}`;
}

function commandHelp(command: CommandName): readonly string[] {
  const { long, examples, args } = pages[command];
  return [
    long,
    exampleSection(examples),
    ...flagSection('Options', ownFlags[command]),
    ...('context' in commandFlags[command] ? flagSection('Global Options', clusterFlags) : []),
    usageSection([command, args]),
  ];
}

function rootHelp(): readonly string[] {
  const commands = Object.entries(pages).map(([name, { short }]) => `  ${name.padEnd(13)} ${short}`);
  return [
    rootLong,
    exampleSection([...pages.diff.examples.slice(0, 1), ...pages.demo.examples.slice(0, 1)]),
    `Available Commands:\n${commands.join('\n')}`,
    usageSection([]),
    'Use "kubectl eps <command> --help" for more information about a given command.',
  ];
}

/** The help of a command, or of the whole program, laid out as kubectl's. */
export function helpText(topic?: CommandName): string {
  return `${(topic === undefined ? rootHelp() : commandHelp(topic)).join('\n\n')}\n`;
}

/** The same flags as a Markdown table, for the README. */
export function flagsMarkdown(flags: FlagTable): string {
  const rows = describeFlags(flags).map(
    (flag) => `| \`${flag.label}\` | ${flag.usage.replaceAll('|', '\\|')} |`,
  );
  return ['| Flag | Meaning |', '| --- | --- |', ...rows, ''].join('\n');
}
