export { parseApisixRoute } from './objects/apisix-route.ts';
export { parseEndpointSlice, serviceNameLabel } from './objects/endpoint-slice.ts';
export { parseEndpoints } from './objects/endpoints.ts';
export { parseGatewayRoute } from './objects/gateway-route.ts';
export { parseIngress } from './objects/ingress.ts';
export { parseNode } from './objects/node.ts';
export { parsePod } from './objects/pod.ts';
export { parseService } from './objects/service.ts';
