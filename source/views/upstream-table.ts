import { spellUpstream } from '../core/findings/words.ts';
import { portName } from '../core/kubernetes.ts';
import type { UpstreamItem, UpstreamList } from '../core/report.ts';
import { columns } from './columns.ts';
import { escapeText } from './escape.ts';

const none = '<none>';
const unknown = '<unknown>';

/** `Controller (in Service)`, `Controller (orphan: NoService)`. */
function origin({ source, inline, orphan }: UpstreamItem): string {
  const remarks = [...(inline ? [`in ${inline.kind}`] : []), ...(orphan ? [`orphan: ${orphan}`] : [])];
  return remarks.length === 0 ? source : `${source} (${remarks.join(', ')})`;
}

function summary(item: UpstreamItem): readonly string[] {
  const { id, name, service, routes, shares, nodes } = item;
  return [
    id,
    name === '' ? none : name,
    service ? portName(service) : unknown,
    nodes ? String(nodes.length) : unknown,
    shares ? shares.map(({ weight, total }) => `${weight}/${total}`).join(',') : none,
    origin(item),
    routes ? routes.join(',') || none : unknown,
  ];
}

const head = ['ID', 'NAME', 'SERVICE', 'NODES', 'WEIGHT', 'SOURCE', 'ROUTES'];

function nodeRows(item: UpstreamItem): readonly (readonly string[])[] {
  const { nodes, unread } = item;
  const owner = spellUpstream(item);
  if (!nodes) return [[owner, unknown, unknown, unread ?? '']];
  return nodes.map(({ address, weight, priority }) => [owner, address, String(weight), String(priority)]);
}

/** `2/3`: well of all that are probed. */
function health({ healthCheck }: UpstreamItem): string {
  if (!healthCheck) return none;
  return 'unread' in healthCheck ? unknown : `${healthCheck.healthy}/${healthCheck.nodes}`;
}

/** One line an upstream and pod, beside its like. */
function printReplicas(items: readonly UpstreamItem[]): string {
  const rows = items.map((item) => {
    const { gateway, replica = none, digest = none, nodes, unread = none } = item;
    return [
      spellUpstream(item),
      gateway,
      replica,
      nodes ? String(nodes.length) : unknown,
      health(item),
      digest,
      unread,
    ];
  });
  return columns([['UPSTREAM', 'GATEWAY', 'REPLICA', 'NODES', 'HEALTHY', 'DIGEST', 'UNREAD'], ...rows]);
}

/** One line an upstream; wide or of one upstream alone, its nodes too. */
export function printUpstreamTable({ items }: UpstreamList, { wide }: { readonly wide: boolean }): string {
  const isSideBySide = items.some(({ replica }) => replica !== undefined);
  const table = isSideBySide ? printReplicas(items) : columns([head, ...items.map(summary)]);
  if (!wide && items.length !== 1) return table;
  return `${table}\n${columns([['UPSTREAM', 'NODE', 'WEIGHT', 'PRIORITY'], ...items.flatMap(nodeRows)])}`;
}

/** `upstream/ID` a line; of an inline one the object that holds it. */
export function printUpstreamNames({ items }: Pick<UpstreamList, 'items'>): string {
  const kindOf = ({ inline }: UpstreamItem) => inline?.kind.toLowerCase() ?? 'upstream';
  return items.map((item) => `${kindOf(item)}/${escapeText(item.id)}\n`).join('');
}
