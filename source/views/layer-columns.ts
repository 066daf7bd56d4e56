import {
  gatewayLayers,
  type AddressRow,
  type AddressState,
  type GatewaySummary,
  type LayerName,
  type ServiceReport,
} from '../core/report.ts';

/** A column of the table of addresses: of a layer, or of that of one of several gateways. */
export type LayerColumn = {
  readonly name: LayerName;
  readonly title: string;
  readonly stateOf: (row: AddressRow) => AddressState | undefined;
};

function columnsOf(
  name: LayerName,
  title: string,
  gateways: readonly GatewaySummary[],
): readonly LayerColumn[] {
  const layer = gatewayLayers.find((one) => one === name);
  if (layer === undefined || gateways.length < 2) return [{ name, title, stateOf: (row) => row.in[name] }];
  return gateways.map((gateway) => ({
    name,
    title: `${title}(${gateway.name})`,
    stateOf: (row) => row.gateways?.[gateway.name]?.[layer],
  }));
}

/** A column for each layer that is there, and of a gateway's layers one for each gateway. */
export function layerColumns(
  { layers, gateways = [] }: Pick<ServiceReport, 'layers' | 'gateways'>,
  titleOf: (name: LayerName) => string,
): readonly LayerColumn[] {
  return layers
    .filter(({ state }) => state !== 'Absent')
    .flatMap(({ name }) => columnsOf(name, titleOf(name), gateways));
}
