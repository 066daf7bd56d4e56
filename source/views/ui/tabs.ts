import { addressTable } from './addresses/table.ts';
import { eventTable, type Events } from './events/table.ts';
import { findingTable } from './findings/table.ts';
import type { ServiceModel } from './model.ts';
import { replicaTable } from './replicas/table.ts';
import { sliceTable } from './slices/table.ts';
import { tableOf, type Rows, type Table } from './table/table.ts';
import { timelineTable, type Entry } from './timeline/table.ts';

/** What is shown of one Service, side by side, in the order of the tab key. */
export const tabs = ['addresses', 'findings', 'slices', 'replicas', 'timeline', 'events'] as const;

export type Tab = (typeof tabs)[number];

/** The Service that is open. */
export type Opened = {
  /** NAMESPACE/NAME. */
  readonly name: string;
  /** As last seen. */
  readonly model: ServiceModel;
  /** It is not there any more. */
  readonly isGone: boolean;
  /** The latest first. */
  readonly timeline: readonly Entry[];
  readonly events: Events;
};

function rows<Source extends object>(source: Source, tableFrom: (source: Source) => Table): Rows {
  return { source, table: () => tableFrom(source) };
}

const rowsIn: Readonly<Record<Tab, (opened: Opened) => Rows>> = {
  addresses: ({ model }) => rows(model, (source) => tableOf(addressTable(source))),
  findings: ({ model }) => rows(model, (source) => tableOf(findingTable(source))),
  slices: ({ model }) => rows(model, (source) => tableOf(sliceTable(source))),
  replicas: ({ model }) => rows(model, (source) => tableOf(replicaTable(source))),
  timeline: ({ timeline }) => rows(timeline, (source) => tableOf(timelineTable(source))),
  events: ({ events }) => rows(events, (source) => tableOf(eventTable(source))),
};

export function rowsOfTab(tab: Tab, opened: Opened): Rows {
  return rowsIn[tab](opened);
}

/** How many rows a tab has, for its name; undefined where that would say nothing. */
export function countOf(
  tab: Tab,
  { model: { report, scope }, timeline, events }: Opened,
): number | undefined {
  switch (tab) {
    case 'addresses':
      return report.addresses.length;
    case 'findings':
      return report.findings.length;
    case 'slices':
      return scope.endpointSlices.state === 'Read' ? scope.endpointSlices.items.length : undefined;
    case 'replicas':
      return report.replicas?.length;
    case 'timeline':
      return timeline.length;
    case 'events':
      return events.state === 'Read' ? events.items.length : undefined;
  }
}
