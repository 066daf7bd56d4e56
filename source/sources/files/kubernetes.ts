import type { UnknownRecord } from '../../core/door.ts';
import { gatewayRouteKinds } from '../../core/kubernetes.ts';
import type { Endpoints, EndpointSlice, Route } from '../../core/kubernetes.ts';
import { groupBy } from '../../core/group-by.ts';
import { hasSelector } from '../../core/scope.ts';
import { itemsOf } from '../../core/snapshot.ts';
import type { Layer, Snapshot } from '../../core/snapshot.ts';
import { parsers } from '../kubernetes/objects.ts';
import type { Document } from './documents.ts';
import { kindsOf, newestOf } from './kubernetes-objects.ts';
import type { KindInFile, LayerKey } from './kubernetes-objects.ts';

/** The layers that files of Kubernetes objects can fill. */
export type FileLayers = Pick<Snapshot, LayerKey>;

/** Kubernetes objects of all documents, sorted into layers; `rest` are the documents that are something else. */
export function collectKubernetes(documents: readonly Document[]): {
  readonly layers: FileLayers;
  readonly rest: readonly Document[];
} {
  const seen = documents.map((document) => ({ document, kinds: kindsOf(document) }));
  const known = seen.filter(({ kinds }) => kinds !== undefined);
  const rest = seen.filter(({ kinds }) => kinds === undefined);
  const files = sourcesOf(known.map(({ document }) => document));
  return {
    layers: layersOf(
      known.flatMap(({ kinds = [] }) => kinds),
      files,
    ),
    rest: rest.map(({ document }) => document),
  };
}

/**
 * A file without Pods does not say that there are none: where a Service selects some, or another kind speaks of them,
 * the layer is Unread. Likewise Endpoints and EndpointSlices: the controllers write both of every Service that has a
 * selector, be it without an address; of one that is filled by hand there is either.
 */
function layersOf(kinds: readonly KindInFile[], files: string): FileLayers {
  const services = layerOf(kinds, 'services', parsers.services);
  const pods = listOf(kinds, 'pods', parsers.pods);
  const endpointSlices = layerOf(kinds, 'endpointSlices', parsers.endpointSlices);
  const endpoints = layerOf(kinds, 'endpoints', parsers.endpoints);
  const filled = itemsOf(services).filter(({ type }) => type !== 'ExternalName');
  const isSelecting = filled.some(hasSelector);
  const isPublished = endpointSlices.state === 'Read' || endpoints.state === 'Read';
  const isMissed = isSelecting || (filled.length > 0 && !isPublished);
  const hasPods = isSelecting || speaksOfPods(itemsOf(endpointSlices), itemsOf(endpoints));
  const or = <Item>(layer: Layer<Item>, name: string, isMissed: boolean): Layer<Item> => {
    if (layer.state !== 'Absent') return layer;
    return isMissed
      ? { state: 'Unread', reason: `there are no ${name} in ${files}`, source: files }
      : { state: 'Read', items: [], resourceVersion: '', source: files };
  };
  return {
    services,
    pods: or(pods, 'Pods', hasPods),
    endpointSlices: or(endpointSlices, 'EndpointSlices', isMissed),
    endpoints: or(endpoints, 'Endpoints', isMissed),
    nodes: listOf(kinds, 'nodes', parsers.nodes),
    apisixRoutes: layerOf(kinds, 'apisixRoutes', parsers.apisixRoutes),
    ingresses: layerOf(kinds, 'ingresses', parsers.ingresses),
    gatewayRoutes: gatewayRoutesOf(kinds),
  };
}

/** Absent when no file names the kind; Unread when a list of it goes on where the file ends. */
function layerOf<Item>(
  kinds: readonly KindInFile[],
  layer: LayerKey,
  parse: (value: UnknownRecord) => Item,
): Layer<Item> {
  const own = kinds.filter((kind) => kind.layer === layer);
  if (own.length === 0) return { state: 'Absent' };
  const source = sourcesOf(own);
  const cut = own.filter(({ isCut }) => isCut);
  if (cut.length > 0) {
    return {
      state: 'Unread',
      reason: `the list in ${sourcesOf(cut)} goes on: it was read with a limit`,
      source,
    };
  }
  const items = newestOf(own.flatMap(({ objects }) => objects)).map(parse);
  return { state: 'Read', items, resourceVersion: '', source };
}

/** Unread where each file has one object alone: that says nothing of the others. Several are a list that was taken apart. */
function listOf<Item>(
  kinds: readonly KindInFile[],
  layer: LayerKey,
  parse: (value: UnknownRecord) => Item,
): Layer<Item> {
  const own = kinds.filter((kind) => kind.layer === layer);
  const files = groupBy(own, ({ source }) => source);
  const [first] = own;
  const isList = [...files.values()].some((all) => all.length > 1 || all.some(({ isSingle }) => !isSingle));
  if (!first || isList) return layerOf(kinds, layer, parse);
  const source = sourcesOf(own);
  return { state: 'Unread', reason: `there is no list of ${first.kind}s in ${source}`, source };
}

/** Objects of different kinds may have one name. */
function gatewayRoutesOf(kinds: readonly KindInFile[]): Layer<Route> {
  const layers = gatewayRouteKinds
    .map((kind) =>
      layerOf(
        kinds.filter((one) => one.kind === kind),
        'gatewayRoutes',
        parsers.gatewayRoutes(kind),
      ),
    )
    .filter(({ state }) => state !== 'Absent');
  const [first = { state: 'Absent' as const }, ...others] = layers;
  const unread = layers.find(({ state }) => state === 'Unread');
  if (unread || first.state !== 'Read') return unread ?? first;
  return { ...first, items: [first, ...others].flatMap(itemsOf) };
}

function sourcesOf(things: readonly { readonly source: string }[]): string {
  return [...new Set(things.map(({ source }) => source))].join(', ');
}

function speaksOfPods(slices: readonly EndpointSlice[], endpoints: readonly Endpoints[]): boolean {
  const inSlices = slices.flatMap((slice) => slice.endpoints);
  const inEndpoints = endpoints
    .flatMap(({ subsets }) => subsets)
    .flatMap(({ addresses, notReadyAddresses }) => [...addresses, ...notReadyAddresses]);
  return [...inSlices, ...inEndpoints].some(({ targetRef }) => targetRef?.kind === 'Pod');
}
