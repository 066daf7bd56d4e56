import { sortByAddress } from '../address.ts';
import { divergence, firstDivergence } from '../divergence.ts';
import { comparedLayers } from '../expected.ts';
import { groupBy } from '../group-by.ts';
import type { Row } from '../join.ts';
import { gatewayLayers, type AddressRow, type AddressState, type GatewayLayer } from '../report.ts';
import type { Part } from './parts.ts';

/** One address of one Service port, as one gateway has it. */
type Held = { readonly part: Part; readonly row: Row };

/** Of gateways that differ the one that is wrong is told, else the one that holds most. */
const bestFirst: readonly AddressState[] = ['Present', 'Absent', 'Unread'];

function stateIn(layer: GatewayLayer, held: readonly Held[]): AddressState | undefined {
  const wrong = held.find(({ row }) => divergence(row, layer) !== undefined);
  if (wrong) return wrong.row.actual[layer];
  return bestFirst.find((state) => held.some(({ row }) => row.actual[layer] === state));
}

function columns(row: Row): Readonly<Partial<Record<GatewayLayer, AddressState>>> {
  const states: Partial<Record<GatewayLayer, AddressState>> = {};
  for (const layer of gatewayLayers) {
    const state = row.actual[layer];
    if (state !== undefined) states[layer] = state;
  }
  return states;
}

/** What all gateways hold of an address. */
function inAll(held: readonly Held[], first: Row): AddressRow['in'] {
  if (held.length === 1) return first.actual;
  const states = { ...first.actual };
  for (const layer of gatewayLayers) {
    const state = stateIn(layer, held);
    if (state !== undefined) states[layer] = state;
  }
  return states;
}

/** The one that diverges first, in the order in which truth travels. */
function leadOf(held: readonly Held[]): Held | undefined {
  if (held.length === 1) return held[0];
  const rank = ({ row }: Held) => {
    const layer = firstDivergence(row);
    return layer === undefined ? comparedLayers.length : comparedLayers.indexOf(layer);
  };
  return held.toSorted((a, b) => rank(a) - rank(b))[0];
}

function toAddressRow(held: readonly Held[]): readonly AddressRow[] {
  const row = held[0]?.row;
  const lead = leadOf(held);
  if (!row || !lead) return [];
  const layer = firstDivergence(lead.row);
  const because = layer && lead.part.causes.of(lead.row, layer);
  const gateways = held.flatMap(({ part: { gateway }, row: own }) =>
    gateway === undefined ? [] : [[gateway, columns(own)] as const],
  );
  return [
    {
      address: row.text,
      ...(row.podName !== undefined && { pod: row.podName }),
      ...(row.nodeName !== undefined && { node: row.nodeName }),
      ...(row.zone !== undefined && { zone: row.zone }),
      in: inAll(held, row),
      ...(gateways.length > 0 && { gateways: Object.fromEntries(gateways) }),
      ...(layer && { firstDivergence: layer }),
      ...(because !== undefined && { because }),
    },
  ];
}

/** Two Service ports may lead to one ip:port; the one that diverges stands for both. */
function onePerAddress(rows: readonly AddressRow[]): readonly AddressRow[] {
  const kept: AddressRow[] = [];
  for (const row of rows) {
    const last = kept.at(-1);
    if (last?.address !== row.address) kept.push(row);
    else if (!last.firstDivergence && row.firstDivergence) kept[kept.length - 1] = row;
  }
  return kept;
}

/** The addresses of a Service, each as it is in all gateways and in each of several. */
export function addressRows(parts: readonly Part[]): readonly AddressRow[] {
  const all = parts.flatMap((part) => part.joined.rows.map((row) => ({ part, row })));
  if (parts.length === 1) return onePerAddress(all.flatMap((held) => toAddressRow([held])));
  const groups = [...groupBy(all, ({ row }) => `${row.port} ${row.text}`).values()];
  const sorted = sortByAddress(groups, ([held]) => held?.row.address ?? { host: '' });
  return onePerAddress(sorted.flatMap(toAddressRow));
}
