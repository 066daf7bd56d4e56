import type { LayerName, ServiceSummary, ServiceSummaryList } from '../core/report.ts';
import { columns } from './columns.ts';
import { escapeText } from './escape.ts';

const none = '<none>';

export type SummaryTableOptions = {
  /** With the namespace of each Service. */
  readonly namespaced: boolean;
  /** With how many more findings there are, what the worst one says, and the gateway. */
  readonly wide: boolean;
};

/** Ready of all, as kubectl prints pods; a gateway knows no readiness. */
function cell({ layers }: ServiceSummary, name: LayerName): string {
  const layer = layers.find((one) => one.name === name);
  if (!layer || layer.state === 'Absent') return none;
  if (layer.state === 'Unread') return 'unread';
  const { addresses = 0, ready = 0 } = layer;
  return name === 'Upstream' || name === 'Runtime' ? String(addresses) : `${ready}/${addresses}`;
}

const layerColumns: readonly (readonly [head: string, name: LayerName])[] = [
  ['PODS', 'Pods'],
  ['SLICES', 'EndpointSlices'],
  ['ENDPOINTS', 'Endpoints'],
  ['UPSTREAM', 'Upstream'],
  ['RUNTIME', 'Runtime'],
];

function gatewayOf({ layers }: ServiceSummary): string {
  return layers.find(({ name }) => name === 'Upstream')?.source ?? none;
}

/** One line a Service. */
export function printSummaryTable(
  { items }: ServiceSummaryList,
  { namespaced, wide }: SummaryTableOptions,
): string {
  const isThere = ([, name]: (typeof layerColumns)[number]) =>
    name !== 'Runtime' || items.some(({ layers }) => layers.some((layer) => layer.name === name));
  const shown = layerColumns.filter(isThere);
  const rows = items.map((item) => {
    const { metadata, status, findings } = item;
    const [worst, ...more] = findings;
    return [
      ...(namespaced ? [metadata.namespace] : []),
      metadata.name,
      status,
      ...shown.map(([, name]) => cell(item, name)),
      worst?.code ?? none,
      ...(wide ? [String(more.length), worst?.message ?? none, gatewayOf(item)] : []),
    ];
  });
  const head = ['NAME', 'STATUS', ...shown.map(([title]) => title), 'FINDING'];
  return columns([
    [...(namespaced ? ['NAMESPACE'] : []), ...head, ...(wide ? ['MORE', 'MESSAGE', 'GATEWAY'] : [])],
    ...rows,
  ]);
}

/** `service/NAME` a line, as kubectl prints them. */
export function printSummaryNames({ items }: ServiceSummaryList): string {
  return items.map(({ metadata }) => `service/${escapeText(metadata.name)}\n`).join('');
}
