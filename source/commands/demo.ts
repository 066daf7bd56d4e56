import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { judge } from '../core/judge.ts';
import { indexScopes } from '../core/scope.ts';
import { itemsOf } from '../core/snapshot.ts';
import { parseSnapshot } from '../sources/files/snapshot.ts';
import type { CommandRun } from './command.ts';
import recording from './demo.snapshot.json.gz';
import type { DemoOptions } from './line/options.ts';
import { lookAhead } from './look-ahead.ts';
import { endOfDiff, showLive, wantsScreen } from './live.ts';
import { show } from './show.ts';

/** `diff` on the recording shipped inside the program. */
export const run: CommandRun<DemoOptions> = async (options, io) => {
  const text = (await promisify(gunzip)(recording)).toString('utf8');
  const snapshot = parseSnapshot(JSON.parse(text));
  const [service] = snapshot ? itemsOf(snapshot.services) : [];
  if (!snapshot || !service) throw new Error('the recording inside the program cannot be read');
  if (options.atReplicas === undefined && wantsScreen(options, io)) {
    const reading = Promise.resolve({ snapshot, services: [service] });
    return showLive({ reading, confirms: false, hasList: false, end: endOfDiff }, options, io);
  }
  const ahead = lookAhead(indexScopes(snapshot)(service), options);
  const reports = judge(snapshot, [service]).map((report) => ({ ...report, ...ahead }));
  return show(reports, false, options, io);
};
