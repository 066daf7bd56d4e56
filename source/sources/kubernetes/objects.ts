import { parseApisixRoute } from './objects/apisix-route.ts';
import { parseEndpointSlice } from './objects/endpoint-slice.ts';
import { parseEndpoints } from './objects/endpoints.ts';
import { parseGatewayRoute } from './objects/gateway-route.ts';
import { parseIngress } from './objects/ingress.ts';
import { parseNode } from './objects/node.ts';
import { parsePod } from './objects/pod.ts';
import { parseService } from './objects/service.ts';

/** How the objects of each layer are read, from a cluster and from files. */
export const parsers = {
  services: parseService,
  pods: parsePod,
  endpointSlices: parseEndpointSlice,
  endpoints: parseEndpoints,
  nodes: parseNode,
  apisixRoutes: parseApisixRoute,
  ingresses: parseIngress,
  /** By the kind of the route. */
  gatewayRoutes: parseGatewayRoute,
} as const;
