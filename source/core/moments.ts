import type { LayerName } from './report.ts';
import type { Scope } from './scope.ts';
import { itemsOf, type Layer } from './snapshot.ts';

/** Of one layer: the moment that its list shows, and the last change that is in it. */
type Moment = { readonly name: LayerName; readonly listed: bigint | undefined; readonly newest: bigint };

/** Newer is greater, on servers from 1.35 by contract and before them in fact. */
function toNumber(resourceVersion: string): bigint {
  return /^\d+$/.test(resourceVersion) ? BigInt(resourceVersion) : 0n;
}

function momentOf(name: LayerName, layer: Layer<{ readonly resourceVersion: string }>): Moment {
  const versions = itemsOf(layer).map(({ resourceVersion }) => toNumber(resourceVersion));
  const newest = versions.reduce((max, each) => (each > max ? each : max), 0n);
  const listed = layer.state === 'Read' ? toNumber(layer.resourceVersion) : 0n;
  // An object that was read by its name brings its own version, and no list's.
  const isList = listed > 0n && !(versions.length === 1 && listed === newest);
  return { name, listed: isList ? listed : undefined, newest };
}

/**
 * Sentences on layers that are of different moments, so that what differs may only have happened in between: by
 * resourceVersions, where a list is older than a change in another layer, and by the time of the gateway's write.
 */
export function momentsApart(scope: Scope, takenAt: string): readonly string[] {
  const moments = [
    momentOf('Pods', scope.pods),
    momentOf('EndpointSlices', scope.endpointSlices),
    momentOf('Endpoints', scope.endpoints),
  ];
  const apart = moments.flatMap(({ name, listed }) =>
    moments
      .filter((other) => listed !== undefined && other.newest > listed)
      .map(
        (other) =>
          `${name} were read at resourceVersion ${listed ?? ''}, before a change of ${other.name} at ${other.newest}`,
      ),
  );
  const later = itemsOf(scope.upstreams)
    .filter(({ updatedAt = '' }) => Date.parse(updatedAt) > Date.parse(takenAt))
    .map(
      ({ id, updatedAt = '' }) =>
        `upstream ${id} was written at ${updatedAt}, after the rest was read at ${takenAt}`,
    );
  return [...apart, ...later];
}
