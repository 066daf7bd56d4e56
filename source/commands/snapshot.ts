import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { narrowTo } from '../core/narrow.ts';
import { jsonLine } from '../views/json.ts';
import type { CommandRun } from './command.ts';
import type { SnapshotOptions } from './line/options.ts';
import { openReader } from './reader.ts';
import { writeWhole } from './write-whole.ts';

/** `.gz` in the name asks for gzip, as tar and kubectl's users expect. */
async function encode(text: string, filename: string): Promise<Buffer | string> {
  return filename.endsWith('.gz') ? promisify(gzip)(text) : text;
}

/** Writes everything that was read of the Services into one file that `--from` understands. */
export const run: CommandRun<SnapshotOptions> = async (options, io) => {
  const { filename } = options;
  const reader = await openReader(options, io);
  try {
    const { snapshot, services } = await reader.read();
    const content = await encode(jsonLine(narrowTo(snapshot, services)), filename);
    if (filename === '-') io.stdout.write(content);
    else await writeWhole(filename, content, '-f');
    return 0;
  } finally {
    reader.close();
  }
};
