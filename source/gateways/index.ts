import { apisix } from './apisix/kind.ts';
import type { GatewayKind } from './gateway.ts';

/** Every kind of gateway that is looked for. */
export const gatewayKinds: readonly GatewayKind[] = [apisix];
