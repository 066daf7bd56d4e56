import { asArray, asRecord, asText } from '../../core/door.ts';
import type { UnknownRecord } from '../../core/door.ts';
import type { Document } from './documents.ts';

/** The kinds that are read from files, by API group; a Knative Service is another thing than a Service. */
const layerNames = {
  '/Service': 'services',
  '/Pod': 'pods',
  'discovery.k8s.io/EndpointSlice': 'endpointSlices',
  '/Endpoints': 'endpoints',
  '/Node': 'nodes',
  'apisix.apache.org/ApisixRoute': 'apisixRoutes',
  'networking.k8s.io/Ingress': 'ingresses',
  'gateway.networking.k8s.io/HTTPRoute': 'gatewayRoutes',
  'gateway.networking.k8s.io/GRPCRoute': 'gatewayRoutes',
  'gateway.networking.k8s.io/TCPRoute': 'gatewayRoutes',
  'gateway.networking.k8s.io/UDPRoute': 'gatewayRoutes',
  'gateway.networking.k8s.io/TLSRoute': 'gatewayRoutes',
} as const;

/** A layer of the Snapshot that files can fill. */
export type LayerKey = (typeof layerNames)[keyof typeof layerNames];

/** One kind in one document: a single object, or what a list holds of it, even if that is nothing. */
export type KindInFile = {
  readonly layer: LayerKey;
  /** As one object of it says. */
  readonly kind: string;
  readonly source: string;
  /** One object that is a document of its own: there may be others of its kind. */
  readonly isSingle: boolean;
  /** The beginning of a list: the API server was asked with a limit, and has more. */
  readonly isCut: boolean;
  readonly objects: readonly UnknownRecord[];
};

/** What a document holds, by kind; `undefined` when it is no object and no list of a kind we know. */
export function kindsOf({ source, value }: Document): readonly KindInFile[] | undefined {
  const document = asRecord(value);
  const { apiVersion, kind } = document;
  const single = layerOf(apiVersion, kind);
  if (single !== undefined) return [{ ...single, source, isSingle: true, isCut: false, objects: [document] }];
  const items = asArray(document['items']).map(asRecord);
  const list = { source, isSingle: false, isCut: asText(asRecord(document['metadata'])['continue']) !== '' };
  if (apiVersion === 'v1' && kind === 'List') {
    return items.flatMap((item) => {
      const known = layerOf(item['apiVersion'], item['kind']);
      return known === undefined ? [] : [{ ...known, ...list, objects: [item] }];
    });
  }
  // The API server's own lists (PodList) name the kind once; their items leave it out.
  const listed = layerOf(apiVersion, asText(kind).replace(/List$/, ''));
  return listed === undefined ? undefined : [{ ...listed, ...list, objects: items }];
}

function layerOf(apiVersion: unknown, kind: unknown): Pick<KindInFile, 'layer' | 'kind'> | undefined {
  const group = asText(apiVersion).replace(/[^/]*$/, '') || '/';
  const layer = Object.entries(layerNames).find(([groupKind]) => groupKind === group + asText(kind))?.[1];
  return layer && { layer, kind: asText(kind) };
}

/** One object a name: of the same object met twice the one with the greater resourceVersion, else the later. */
export function newestOf(objects: readonly UnknownRecord[]): readonly UnknownRecord[] {
  const byName = new Map<string, UnknownRecord>();
  for (const object of objects) {
    const { namespace, name } = asRecord(object['metadata']);
    const key = `${asText(namespace)}/${asText(name)}`;
    const known = byName.get(key);
    if (known === undefined || !(versionOf(known) > versionOf(object))) byName.set(key, object);
  }
  return [...byName.values()];
}

/** NaN, which compares as neither more nor less, when there is none. */
function versionOf(object: UnknownRecord): number {
  return Number.parseInt(asText(asRecord(object['metadata'])['resourceVersion']), 10);
}
