import { asRecord, asText, optional } from '../core/door.ts';
import { escapeText } from '../views/escape.ts';
import { printDocument } from '../views/document.ts';
import { clientVersion } from './client-version.ts';
import type { CommandRun, Io } from './command.ts';
import type { ClusterFlags, VersionOptions } from './line/options.ts';

type Versions = { readonly client: string; readonly server?: string };

async function readServerVersion(flags: ClusterFlags, io: Io): Promise<string> {
  const { clusterOf } = await import('./open-cluster.ts');
  const cluster = await clusterOf(flags, io);
  try {
    return asText(asRecord(await cluster.get('/version'))['gitVersion']);
  } finally {
    cluster.close();
  }
}

async function print({ client, server }: Versions, output: VersionOptions['output']): Promise<string> {
  const document = {
    clientVersion: { gitVersion: client },
    ...optional('serverVersion', server === undefined ? undefined : { gitVersion: server }),
  };
  switch (output) {
    case 'text':
      return `Client Version: ${client}\n${server === undefined ? '' : `Server Version: ${escapeText(server)}\n`}`;
    case 'json':
    case 'yaml':
      return printDocument(document, output);
  }
}

/** As `kubectl version`: a server that does not answer is an error, after the client's version was printed. */
export const run: CommandRun<VersionOptions> = async ({ output, cluster }, io) => {
  let versions: Versions = { client: clientVersion };
  try {
    if (cluster) versions = { ...versions, server: await readServerVersion(cluster, io) };
  } finally {
    io.stdout.write(await print(versions, output));
  }
  return 0;
};
