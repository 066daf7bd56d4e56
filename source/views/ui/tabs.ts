import { addressTable } from './addresses/table.ts';
import { eventTable, type Events } from './events/table.ts';
import { findingTable } from './findings/table.ts';
import type { ServiceModel } from './model.ts';
import { replicaTable } from './replicas/table.ts';
import { sliceTable } from './slices/table.ts';
import { tableOf, type Table } from './table/table.ts';
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

const tables: Readonly<Record<Tab, (opened: Opened) => Table>> = {
  addresses: ({ model }) => tableOf(addressTable(model)),
  findings: ({ model }) => tableOf(findingTable(model)),
  slices: ({ model }) => tableOf(sliceTable(model)),
  replicas: ({ model }) => tableOf(replicaTable(model)),
  timeline: ({ timeline }) => tableOf(timelineTable(timeline)),
  events: ({ events }) => tableOf(eventTable(events)),
};

export function tableOfTab(tab: Tab, opened: Opened): Table {
  return tables[tab](opened);
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
