import { flagName, type FlagTable } from '../line/flag.ts';
import { commandFlags, hiddenFlags, rootFlags, type CommandName } from '../line/flags.ts';
import { readUnfinished, type Line } from '../line/normalise.ts';
import { completionTopics } from '../line/options.ts';
import { pages } from '../line/pages.ts';
import { commandOf } from '../line/parse.ts';

/** A word that may come next, and what it is. */
export type Choice = { readonly word: string; readonly about?: string };

/** What only a kubeconfig, a cluster or its gateway knows. */
export type Remote = 'namespaces' | 'contexts' | 'clusters' | 'users' | 'services' | 'upstreams';

/** What may come next. */
export type Wanted =
  | { readonly kind: 'Words'; readonly choices: readonly Choice[] }
  | { readonly kind: 'Remote'; readonly remote: Remote; readonly line: Line }
  /** The codes of the findings. */
  | { readonly kind: 'Findings' }
  | { readonly kind: 'Files' };

/** Beside what may come next: what it has to begin with. */
export type Completion = { readonly wanted: Wanted; readonly prefix: string };

const files: Wanted = { kind: 'Files' };
const nothing: Wanted = { kind: 'Words', choices: [] };
const words = (list: readonly string[]): Wanted => ({
  kind: 'Words',
  choices: list.map((word) => ({ word })),
});

/** What the values of flags name, where that can be found out. */
const namedByFlags: Readonly<Record<string, Remote | 'files'>> = {
  namespace: 'namespaces',
  context: 'contexts',
  cluster: 'clusters',
  user: 'users',
  kubeconfig: 'files',
  'certificate-authority': 'files',
  'client-certificate': 'files',
  'client-key': 'files',
  'apisix-key-file': 'files',
  from: 'files',
  filename: 'files',
};

const commands: Wanted = {
  kind: 'Words',
  choices: Object.entries(pages).map(([word, { short }]) => ({ word, about: short })),
};

function flagsOf(table: FlagTable): Wanted {
  const choices = Object.entries(table)
    .filter(([key]) => !(key in hiddenFlags))
    .map(([key, { usage }]) => ({ word: `--${flagName(key)}`, about: usage }));
  return { kind: 'Words', choices };
}

function valuesOf(name: string, table: FlagTable, line: Line): Wanted {
  const found = Object.entries(table).find(([key]) => flagName(key) === name)?.[1];
  if (found && 'values' in found) return words(found.values);
  const named = found && namedByFlags[name];
  if (named === undefined) return nothing;
  return named === 'files' ? files : { kind: 'Remote', remote: named, line };
}

/** What the arguments of a command name; `word` is the beginning of this one. */
function argumentsOf(command: CommandName | undefined, line: Line, word: string): Wanted {
  const [, ...others] = line.args;
  if (command === undefined) return line.args.length === 0 ? commands : nothing;
  switch (command) {
    case 'diff':
    case 'snapshot':
      return { kind: 'Remote', remote: 'services', line };
    case 'upstream':
      if (others.length > 0) return nothing;
      return { kind: 'Remote', remote: word.includes('/') ? 'services' : 'upstreams', line };
    case 'explain':
      return others.length === 0 ? { kind: 'Findings' } : nothing;
    case 'completion':
      return others.length === 0 ? words(completionTopics) : nothing;
    case 'help':
      return others.length === 0 ? commands : nothing;
    case 'list':
    case 'doctor':
    case 'demo':
    case 'version':
      return nothing;
  }
}

/** What may stand in place of the last word, by the words before it. */
export function wantedAfter(typed: readonly string[]): Completion {
  const word = typed.at(-1) ?? '';
  const before = typed.slice(0, -1);
  const command = commandOf(before);
  const table: FlagTable = command === undefined ? rootFlags : commandFlags[command];
  const line = readUnfinished(before, table);
  if (line.awaiting !== undefined) return { wanted: valuesOf(line.awaiting, table, line), prefix: word };
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
  if (before.includes('--') || !word.startsWith('-')) {
    return { wanted: argumentsOf(command, line, word), prefix: word };
  }
  if (name !== undefined && value !== undefined) {
    return { wanted: valuesOf(name, table, line), prefix: value };
  }
  return { wanted: flagsOf(table), prefix: word };
}
