import { spellUpstream } from '../core/findings/words.ts';
import { portName } from '../core/kubernetes.ts';
import type { UpstreamEvent } from '../core/report.ts';
import { growingColumns } from './columns.ts';

const none = '<none>';
const unknown = '<unknown>';

/** How many of the addresses are named. */
const named = 5;

type Named = { readonly wide: boolean };

/** `+2: 10.0.0.1:80 10.0.0.2:80`, `-7: 10.0.0.1:80 and 6 more`. */
function listed(what: string, texts: readonly string[], { wide }: Named): readonly string[] {
  if (texts.length === 0) return [];
  const more = wide ? 0 : Math.max(texts.length - named, 0);
  const shown = texts.slice(0, texts.length - more).join(' ');
  return [`${what}${texts.length}: ${shown}${more > 0 ? ` and ${more} more` : ''}`];
}

function changes(event: Extract<UpstreamEvent, { readonly upstream: unknown }>, how: Named): string {
  const { upstream, added, removed, weights } = event;
  const weighed = weights.map(({ address, from, to }) => `${address} ${from}->${to}`);
  const texts = [
    ...listed('+', added, how),
    ...listed('-', removed, how),
    ...listed('weight of ', weighed, how),
    ...(upstream.unread === undefined ? [] : [upstream.unread]),
  ];
  return texts.join('; ') || none;
}

/** To the second. */
const clock = ({ at }: UpstreamEvent) => at.replace(/\.\d+/, '');

function row(event: UpstreamEvent, how: Named): readonly string[] {
  switch (event.type) {
    case 'Present':
    case 'Appeared':
    case 'Changed':
    case 'Gone': {
      const { gateway, replica, service, nodes } = event.upstream;
      return [
        clock(event),
        replica ?? gateway,
        spellUpstream(event.upstream),
        ...(how.wide ? [service ? portName(service) : unknown] : []),
        nodes ? String(nodes.length) : unknown,
        event.type,
        changes(event, how),
      ];
    }
    case 'Read':
    case 'Unread': {
      const { type, gateway, replica } = event;
      const blank = [none, ...(how.wide ? [none] : []), none];
      return [
        clock(event),
        replica ?? gateway,
        ...blank,
        type,
        event.type === 'Unread' ? event.reason : none,
      ];
    }
  }
}

/** Rows below one heading, one for each event; the columns of later rows stand below those of earlier ones. */
export function upstreamEventTable(how: Named): (events: readonly UpstreamEvent[]) => string {
  const print = growingColumns();
  let head = [['TIME', 'GATEWAY', 'UPSTREAM', ...(how.wide ? ['SERVICE'] : []), 'NODES', 'EVENT', 'WHICH']];
  return (events) => {
    const text = print([...head, ...events.map((event) => row(event, how))]);
    head = [];
    return text;
  };
}
