import { judge } from '../core/judge.ts';
import type { CommandRun } from './command.ts';
import type { DiffOptions } from './line/options.ts';
import { showLive, wantsScreen } from './live.ts';
import { openReader, type Reader } from './reader.ts';
import { show } from './show.ts';

/** kubectl's words and exit code for a question that nothing answers to. */
function noResources({ namespace }: Reader): string {
  return namespace === '' ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`;
}

/** Judges Services once, or keeps one of them on the screen. */
export const run: CommandRun<DiffOptions> = async (options, io) => {
  const reader = await openReader(options, io);
  try {
    const { snapshot, services } = await reader.read();
    const reports = judge(snapshot, services);
    const [service] = services;
    const [report] = reports;
    if (!service || !report) {
      io.stderr.write(noResources(reader));
      return 0;
    }
    const several = options.services.kind !== 'Names' || options.services.names.length > 1;
    if (services.length > 1 || !wantsScreen(options, io)) return await show(reports, several, options, io);
    const reread = async () => {
      const reading = await reader.read();
      return judge(reading.snapshot, reading.services)[0] ?? report;
    };
    return await showLive({ service, report, refresh: reader.live ? reread : undefined }, options, io);
  } finally {
    reader.close();
  }
};
