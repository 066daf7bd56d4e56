import { objectReference } from './core.ts';
import { boolean, integer, list, message, one, text } from './message.ts';
import { objectMeta } from './meta.ts';

/* k8s.io/api/discovery/v1/generated.proto */

const conditions = message({ ready: boolean(1), serving: boolean(2), terminating: boolean(3) });

const endpoint = message({
  addresses: list(text(1)),
  conditions: one(2, conditions),
  targetRef: one(4, objectReference),
  nodeName: text(6),
  zone: text(7),
});

export const endpointSlice = message({
  metadata: one(1, objectMeta),
  endpoints: list(one(2, endpoint)),
  ports: list(one(3, message({ name: text(1), protocol: text(2), port: integer(3) }))),
});
