import { clientVersion } from './client-version.ts';
import type { ExitCode, Io } from './command.ts';
import type { VersionOptions } from './line/options.ts';
import { printJson } from '../views/json.ts';

const document = { clientVersion: { gitVersion: clientVersion } };

async function print(output: VersionOptions['output']): Promise<string> {
  switch (output) {
    case 'text':
      return `Client Version: ${clientVersion}\n`;
    case 'json':
      return printJson(document);
    case 'yaml':
      return (await import('../views/yaml.ts')).printYaml(document);
  }
}

/** `kubectl version` in its own shape, with this program as the client. */
export async function run({ output }: VersionOptions, io: Io): Promise<ExitCode> {
  io.stdout.write(await print(output));
  return 0;
}
