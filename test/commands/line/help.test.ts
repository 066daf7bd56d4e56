import { describe, expect, test } from 'vitest';
import { clusterFlags } from '../../../source/commands/line/cluster-flags.ts';
import {
  commandFlags,
  hiddenFlags,
  ownFlags,
  type CommandName,
} from '../../../source/commands/line/flags.ts';
import { flagsMarkdown, helpText } from '../../../source/commands/line/help.ts';
import { pages } from '../../../source/commands/line/pages.ts';
import { parse } from '../../../source/commands/line/parse.ts';

const commands: readonly CommandName[] = [
  'diff',
  'list',
  'upstream',
  'snapshot',
  'doctor',
  'explain',
  'demo',
  'version',
  'help',
];

describe('helpText', () => {
  test('the program lists its commands in the layout of kubectl', () => {
    expect(helpText()).toMatchInlineSnapshot(`
      "Show where a Service's addresses get lost: which addresses are in its Pods, EndpointSlices, Endpoints and in the gateway, at which layer each one was lost, why, and what to do.

       It only reads.

      Examples:
        # Compare the layers of one Service
        kubectl eps diff httpbin
        
        # See what diff shows
        kubectl eps demo

      Available Commands:
        diff          Compare the addresses of a Service layer by layer
        list          List Services with what each layer has of them, drift first
        upstream      Show the upstreams that APISIX really has
        snapshot      Write what diff would read to a file
        doctor        Look for what is wrong with the installation itself
        explain       Explain a finding: what it means, how it comes about, what to do
        demo          Run diff on a recording that ships with the program
        version       Print the client and server version information
        completion    Set up completion by the tab key
        help          Help about a command

      Usage:
        kubectl eps [flags] [options]

      Use "kubectl eps <command> --help" for more information about a given command.
      "
    `);
  });

  test.each(commands)('the help of %s is as written down', async (command) => {
    await expect(helpText(command)).toMatchFileSnapshot(`help/${command}.txt`);
  });

  test('a default that is not empty is shown', () => {
    expect(helpText('diff')).toContain("\n    --request-timeout='0':\n\tThe length of time");
    expect(helpText('diff')).toContain("\n    --color='auto':\n\tWhen to use colors");
  });

  test.each(commands)('every example of %s is understood', async (command) => {
    for (const example of pages[command].examples) {
      const [words = ''] = example.command.replace('kubectl eps ', '').split(' | ');
      expect(await parse(words.split(' '))).toMatchObject({ command });
    }
  });
});

describe('flagsMarkdown', () => {
  test('is a table with the labels of the help', () => {
    expect(flagsMarkdown(ownFlags.doctor)).toMatchInlineSnapshot(`
      "| Flag | Meaning |
      | --- | --- |
      | \`--color='auto'\` | When to use colors. One of: (auto, always, never). |
      | \`-o, --output=''\` | Output format. One of: (json, yaml, wide). |
      "
    `);
  });

  test('says for each flag of a command what its help says', () => {
    const help = helpText('diff');
    const unlisted = { help: true, ...hiddenFlags };
    const rows = [
      ...flagsMarkdown({ ...ownFlags.diff, ...clusterFlags }).matchAll(/^\| `(.*?)` \| (.*) \|$/gm),
    ];
    expect(rows).toHaveLength(Object.keys(commandFlags.diff).filter((key) => !(key in unlisted)).length);
    for (const [, label = '', usage = ''] of rows) {
      expect(help).toContain(`    ${label}:\n\t${usage.replaceAll('\\|', '|')}\n`);
    }
  });
});
