import { findingKeys } from '../../../core/finding-keys.ts';
import type { AddressRow, LayerSummary, ServiceReport } from '../../../core/report.ts';
import { sideBySide } from '../../../core/side-by-side.ts';
import { itemsOf } from '../../../core/snapshot.ts';
import { fullName } from '../../../core/kubernetes.ts';
import type { ServiceModel, World } from '../model.ts';
import type { Place } from '../state.ts';

/** A row of a place, among those of all places. */
export function flashKey(place: Place, key: string): string {
  return `${place} ${key}`;
}

type Kind<Row> = {
  readonly place: Place;
  readonly keyOf: (row: Row) => string;
  readonly isSame: (a: Row, b: Row) => boolean;
};

/** Rows that are new, or not what they were. */
function differing<Row>(
  before: readonly Row[],
  after: readonly Row[],
  { place, keyOf, isSame }: Kind<Row>,
): readonly string[] {
  const earlier = new Map(before.map((row) => [keyOf(row), row]));
  return after.flatMap((row) => {
    const key = keyOf(row);
    const was = earlier.get(key);
    return was && isSame(was, row) ? [] : [flashKey(place, key)];
  });
}

function isSameAddress(a: AddressRow | undefined, b: AddressRow): boolean {
  if (!a) return false;
  const isSameIn =
    a.in.Pods === b.in.Pods &&
    a.in.EndpointSlices === b.in.EndpointSlices &&
    a.in.Endpoints === b.in.Endpoints &&
    a.in.Upstream === b.in.Upstream &&
    a.in.Runtime === b.in.Runtime &&
    a.in.HealthCheck === b.in.HealthCheck;
  return isSameIn && a.pod === b.pod && a.because === b.because && a.firstDivergence === b.firstDivergence;
}

/** As {@link differing} tells it of other rows. */
function differingAddresses(before: readonly AddressRow[], after: readonly AddressRow[]): readonly string[] {
  const keys: string[] = [];
  sideBySide(before, after, (was, is) => {
    if (is && !isSameAddress(was, is)) keys.push(flashKey('addresses', is.address));
  });
  return keys;
}

const countsIn = (layers: readonly LayerSummary[]) =>
  layers.map(({ state, addresses, ready }) => `${state} ${addresses} ${ready}`).join();

/** What has changed of one Service, in all its tabs. */
export function changedRows(before: ServiceModel, after: ServiceModel): readonly string[] {
  if (before === after) return [];
  return [
    ...differingAddresses(before.report.addresses, after.report.addresses),
    ...differing([...findingKeys(before.report.findings)], [...findingKeys(after.report.findings)], {
      place: 'findings',
      keyOf: ([, key]) => key,
      isSame: ([a], [b]) => a.count === b.count && a.confirmation?.state === b.confirmation?.state,
    }),
    ...differing(itemsOf(before.scope.endpointSlices), itemsOf(after.scope.endpointSlices), {
      place: 'slices',
      keyOf: fullName,
      isSame: (a, b) => a.resourceVersion === b.resourceVersion,
    }),
    ...differing(before.report.replicas ?? [], after.report.replicas ?? [], {
      place: 'replicas',
      keyOf: ({ gateway, name }) => `${gateway} ${name}`,
      isSame: (a, b) => a.digest === b.digest && countsIn(a.layers) === countsIn(b.layers),
    }),
  ];
}

/** Services that are new, or whose verdict or counts are. */
export function changedServices(before: World, after: World): readonly string[] {
  const reportsOf = ({ services }: World) => services.map(({ report }) => report);
  return differing<ServiceReport>(reportsOf(before), reportsOf(after), {
    place: 'services',
    keyOf: ({ metadata }) => fullName(metadata),
    isSame: (a, b) => a.status === b.status && countsIn(a.layers) === countsIn(b.layers),
  });
}
