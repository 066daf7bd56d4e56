import type { UpstreamItem, UpstreamList } from '../core/report.ts';
import { columns } from './columns.ts';

const none = '<none>';
const unknown = '<unknown>';

function summary({ id, name, source, service, routes, inline, nodes }: UpstreamItem): readonly string[] {
  return [
    id,
    name === '' ? none : name,
    service ? `${service.namespace}/${service.name}:${service.port}` : unknown,
    nodes ? String(nodes.length) : unknown,
    inline ? `${source} (in ${inline.kind})` : source,
    routes ? routes.join(',') || none : unknown,
  ];
}

const head = ['ID', 'NAME', 'SERVICE', 'NODES', 'SOURCE', 'ROUTES'];

function nodeRows(item: UpstreamItem): readonly (readonly string[])[] {
  const { id, name, nodes, unread } = item;
  const owner = name === '' ? id : name;
  if (!nodes) return [[owner, unknown, unknown, unread ?? '']];
  return nodes.map(({ address, weight, priority }) => [owner, address, String(weight), String(priority)]);
}

/** One line an upstream; wide or of one upstream alone, its nodes too. */
export function printUpstreamTable({ items }: UpstreamList, { wide }: { readonly wide: boolean }): string {
  const table = columns([head, ...items.map(summary)]);
  if (!wide && items.length !== 1) return table;
  return `${table}\n${columns([['UPSTREAM', 'NODE', 'WEIGHT', 'PRIORITY'], ...items.flatMap(nodeRows)])}`;
}
