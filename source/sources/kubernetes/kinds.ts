import { asRecord } from '../../core/door.ts';
import type { ApisixRoute, gatewayRouteKinds, ObjectMeta, Route } from '../../core/kubernetes.ts';
import { parseMeta } from './objects/meta.ts';
import { parsers } from './objects.ts';
import { gatewayApi, type Resource } from './paths.ts';
import * as core from './protobuf/core.ts';
import { endpointSlice } from './protobuf/discovery.ts';
import type { Message } from './protobuf/message.ts';

/** How objects of one kind are asked for, and read from the JSON or the protobuf that comes. */
export type Kind<Item> = Resource & {
  readonly parse: (value: unknown) => Item;
  /** Absent where the API server has JSON only: for custom resources, or what is too small to matter. */
  readonly message?: Message;
  /** What the server makes of them, where that is not the list itself: no more than their metadata. */
  readonly as?: 'PartialObjectMetadataList';
};

const inCore = '/api/v1';

/** The kinds that every rollout changes. */
export const kinds = {
  services: { root: inCore, plural: 'services', parse: parsers.services, message: core.service },
  pods: { root: inCore, plural: 'pods', parse: parsers.pods, message: core.pod },
  endpoints: { root: inCore, plural: 'endpoints', parse: parsers.endpoints, message: core.endpoints },
  nodes: { root: inCore, plural: 'nodes', parse: parsers.nodes, message: core.node },
  endpointSlices: {
    root: '/apis/discovery.k8s.io/v1',
    plural: 'endpointslices',
    parse: parsers.endpointSlices,
    message: endpointSlice,
  },
} as const;

/** Which objects of a kind there are, and in which version. */
export function versionsOf({ root, plural }: Resource): Kind<ObjectMeta> {
  return { root, plural, ...version };
}

const version = {
  message: core.version,
  as: 'PartialObjectMetadataList',
  parse: (value: unknown) => parseMeta(asRecord(asRecord(value)['metadata'])),
} as const;

export const apisixRoutes: Kind<ApisixRoute> = {
  root: '/apis/apisix.apache.org/v2',
  plural: 'apisixroutes',
  parse: parsers.apisixRoutes,
};

export const ingresses: Kind<Route> = {
  root: '/apis/networking.k8s.io/v1',
  plural: 'ingresses',
  parse: parsers.ingresses,
};

function gatewayRoute(kind: (typeof gatewayRouteKinds)[number], version: 'v1' | 'v1alpha2'): Kind<Route> {
  const plural = `${kind.toLowerCase()}s`;
  return { root: `${gatewayApi}/${version}`, plural, parse: parsers.gatewayRoutes(kind) };
}

/** The Gateway API's routes, in the versions that the controllers read. */
export const gatewayRoutes: readonly Kind<Route>[] = [
  gatewayRoute('HTTPRoute', 'v1'),
  gatewayRoute('GRPCRoute', 'v1'),
  gatewayRoute('TCPRoute', 'v1alpha2'),
  gatewayRoute('UDPRoute', 'v1alpha2'),
  gatewayRoute('TLSRoute', 'v1alpha2'),
];
