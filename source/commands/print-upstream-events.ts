import type { UpstreamEvent } from '../core/report.ts';
import { eventsBetween } from '../core/upstream-events.ts';
import type { Seen } from '../core/upstream-seen.ts';
import { printDocuments } from '../views/document.ts';
import { upstreamEventTable } from '../views/upstream-event-table.ts';
import { printUpstreamNames } from '../views/upstream-table.ts';
import type { Io } from './command.ts';
import type { UpstreamOptions } from './line/options.ts';

type Print = (events: readonly UpstreamEvent[]) => Promise<string>;

const upstreamsIn = (event: UpstreamEvent) => ('upstream' in event ? [event.upstream] : []);

function printerOf(output: UpstreamOptions['output']): Print {
  switch (output) {
    case 'json':
    case 'yaml':
      return (events) => printDocuments(events, output);
    case 'name':
      return (events) => Promise.resolve(printUpstreamNames({ items: events.flatMap(upstreamsIn) }));
    case 'table':
    case 'wide': {
      const print = upstreamEventTable({ wide: output === 'wide' });
      return (events) => Promise.resolve(print(events));
    }
  }
}

/** Prints what is there, and from then on what becomes different, until it is stopped. */
export async function printUpstreamEvents(
  moments: AsyncIterable<Seen>,
  output: UpstreamOptions['output'],
  { stdout, now }: Pick<Io, 'stdout' | 'now'>,
): Promise<void> {
  const print = printerOf(output);
  let before: Seen | undefined;
  for await (const seen of moments) {
    const events = eventsBetween(before, seen, now().toISOString());
    before = seen;
    if (events.length > 0) stdout.write(await print(events));
  }
}
