import { boolean, integer, list, map, message, one, text } from './message.ts';
import { intOrString, nodeMeta, objectMeta, podMeta } from './meta.ts';

/* k8s.io/api/core/v1/generated.proto: only the fields that the parsers of ../objects read. */

/** A PodCondition, or a NodeCondition. */
const condition = message({ type: text(1), status: text(2) });

const containerPort = message({ name: text(1), containerPort: integer(3), protocol: text(4) });

const container = message({ ports: list(one(6, containerPort)), restartPolicy: text(24) });

/** Of any object: which it is, and in which version. */
export const version = message({ metadata: one(1, message({ uid: text(5), resourceVersion: text(6) })) });

export const pod = message({
  metadata: one(1, podMeta),
  spec: one(
    2,
    message({
      containers: list(one(2, container)),
      nodeName: text(10),
      hostNetwork: boolean(11),
      initContainers: list(one(20, container)),
    }),
  ),
  status: one(
    3,
    message({
      phase: text(1),
      conditions: list(one(2, condition)),
      podIP: text(6),
      podIPs: list(one(12, message({ ip: text(1) }))),
    }),
  ),
});

const servicePort = message({
  name: text(1),
  protocol: text(2),
  port: integer(3),
  targetPort: intOrString(4),
});

export const service = message({
  metadata: one(1, objectMeta),
  spec: one(
    2,
    message({
      ports: list(one(1, servicePort)),
      selector: map(2),
      clusterIP: text(3),
      type: text(4),
      externalName: text(10),
      publishNotReadyAddresses: boolean(13),
      ipFamilies: list(text(19)),
    }),
  ),
});

export const objectReference = message({ kind: text(1), namespace: text(2), name: text(3), uid: text(4) });

const endpointAddress = message({ ip: text(1), targetRef: one(2, objectReference), nodeName: text(4) });

const endpointPort = message({ name: text(1), port: integer(2), protocol: text(3) });

const endpointSubset = message({
  addresses: list(one(1, endpointAddress)),
  notReadyAddresses: list(one(2, endpointAddress)),
  ports: list(one(3, endpointPort)),
});

export const endpoints = message({
  metadata: one(1, objectMeta),
  subsets: list(one(2, endpointSubset)),
});

export const node = message({
  metadata: one(1, nodeMeta),
  status: one(3, message({ conditions: list(one(4, condition)) })),
});
