import { clusterFlags } from '../../source/commands/line/cluster-flags.ts';
import { ownFlags } from '../../source/commands/line/flags.ts';
import { flagsMarkdown } from '../../source/commands/line/help.ts';
import { bindingsOf, keyLabel } from '../../source/views/ui/keys.ts';
import { findingsTable } from './findings-markdown.ts';
import { judgedWorld, start } from './screen.tsx';
import { read, service, snapshot } from './snapshot.ts';

/** The keys of a Service on the screen, but for those that sort. */
function keysTable(): string {
  const state = start(judgedWorld(snapshot({ services: read([service()]) })), '120x40');
  const rows = bindingsOf(state)
    .filter(({ action }) => action.kind !== 'sort')
    .map(({ keys, meaning }) => `| ${keys.map((key) => `\`${keyLabel(key)}\``).join(' ')} | ${meaning} |`);
  return ['| Key | Does |', '| --- | --- |', ...rows, ''].join('\n');
}

const summary = (title: string) => `<details><summary>${title}</summary>`;

/** Every table of the README that the code knows, by the words that lead to it. */
export const readmeTables: readonly (readonly [after: string, table: string])[] = [
  ['`list` is a screen of all Services: enter opens one, esc returns.', keysTable()],
  ['## What it finds', findingsTable()],
  ...Object.entries(ownFlags)
    .filter(([, flags]) => Object.keys(flags).length > 0)
    .map(
      ([command, flags]) => [summary(`<code>kubectl eps ${command}</code>`), flagsMarkdown(flags)] as const,
    ),
  [
    summary('Flags of kubectl, understood by every command that reads a cluster'),
    flagsMarkdown(clusterFlags),
  ],
];
