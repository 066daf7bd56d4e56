import { asText, isRecord, optional, type UnknownRecord } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import { gatewayRouteKinds } from '../../core/kubernetes.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { dictionary, either, flag, list, literal, number, object, text } from './shape.ts';
import type { Shape } from './shape.ts';

/** A file of our own; `undefined` when the document is something else. Damaged or newer ones throw. */
export function parseSnapshot(value: unknown): Snapshot | undefined {
  if (!isRecord(value) || value['kind'] !== 'Snapshot') return undefined;
  const apiVersion = asText(value['apiVersion']);
  if (!apiVersion.startsWith('eps/')) return undefined;
  if (apiVersion !== 'eps/v1') {
    throw new EpsError(
      `the snapshot was written by a newer kubectl eps (${apiVersion}, this one reads eps/v1)`,
      {
        hint: 'kubectl krew upgrade eps',
      },
    );
  }
  const current = upgraded(value);
  const fault = snapshot(current);
  if (fault !== undefined) {
    throw new EpsError(`the snapshot is damaged: ${fault.replace(/^\./, '')}`, {
      hint: 'take it again: kubectl eps snapshot SERVICE -f FILE',
    });
  }
  // The shape has just been checked, member by member.
  return current as Snapshot;
}

/** The first files told the version of Kubernetes alone, no routes but ApisixRoutes, and nothing of the gateway's pods. */
function upgraded({ serverVersion, ...value }: UnknownRecord): UnknownRecord {
  const absent = { state: 'Absent' };
  const versions = optional('kubernetes', asText(serverVersion));
  return { versions, ingresses: absent, gatewayRoutes: absent, replicas: absent, ...value };
}

const meta = { namespace: text, name: text, uid: text, resourceVersion: text };
const dates = { changedAt: text };
const labels = dictionary(text);
const targetRef = object({ kind: text, namespace: text, name: text, uid: text });
const endpointPort = object({ name: text, protocol: text }, { port: number });
const endpointAddress = object({ ip: text }, { nodeName: text, targetRef });

const servicePort = object({ name: text, port: number, protocol: text, targetPort: either(number, text) });

const service = object(
  {
    ...meta,
    labels,
    type: text,
    ports: list(servicePort),
    publishNotReadyAddresses: flag,
    ipFamilies: list(literal('IPv4', 'IPv6')),
  },
  { ...dates, selector: labels, clusterIP: text, externalName: text },
);

const pod = object(
  {
    ...meta,
    labels,
    phase: text,
    ready: flag,
    terminating: flag,
    podIPs: list(text),
    namedPorts: list(object({ name: text, containerPort: number, protocol: text })),
  },
  { ...dates, nodeName: text, hostNetwork: flag },
);

const sliceEndpoint = object(
  { addresses: list(text), ready: flag, serving: flag, terminating: flag },
  { nodeName: text, zone: text, targetRef },
);

const endpointSlice = object(
  {
    ...meta,
    serviceName: text,
    managedBy: text,
    terminating: flag,
    ports: list(endpointPort),
    endpoints: list(sliceEndpoint),
  },
  { ...dates, createdAt: text, owner: object({ kind: text, name: text, uid: text }) },
);

const endpointSubset = object({
  addresses: list(endpointAddress),
  notReadyAddresses: list(endpointAddress),
  ports: list(endpointPort),
});

const endpoints = object(
  { ...meta, skipMirror: flag, subsets: list(endpointSubset) },
  { ...dates, overCapacity: text },
);

const routeBackend = object(
  { serviceName: text, servicePort: either(number, text) },
  { namespace: text, subset: text, granularity: literal('service'), weight: number },
);

const rules = list(object({ name: text, backends: list(routeBackend) }, { protocol: text }));

const apisixRoute = object({ ...meta, rules }, dates);

const routeKind = literal('ApisixRoute', 'Ingress', ...gatewayRouteKinds);

const route = object({ ...meta, rules, kind: routeKind }, { ...dates, className: text });

const unread = object({ state: literal('Unread'), reason: text });

const upstreamService = object(
  { namespace: text, name: text, port: number, granularity: literal('endpoint', 'service') },
  { subset: text },
);

const holder = object({ kind: literal('Route', 'Service'), id: text });

const routeName = object({ kind: routeKind, namespace: text, name: text });

const upstream = object(
  {
    id: text,
    name: text,
    source: literal('Controller', 'Manual', 'Discovery'),
    nodes: either(
      unread,
      object({
        state: literal('Read'),
        items: list(object({ host: text, weight: number, priority: number }, { port: number })),
      }),
    ),
  },
  {
    gateway: text,
    scheme: text,
    updatedAt: text,
    routes: list(text),
    shadows: text,
    inline: holder,
    service: upstreamService,
    shares: list(object({ of: holder, weight: number, total: number })),
    displaced: list(object({ route: routeName, by: routeName, service: upstreamService })),
    discovery: object(
      { type: text, serviceName: text },
      { shouldBe: text, wantsSlices: flag, keyedBySlice: flag },
    ),
    orphan: literal('Unreferenced', 'NoService'),
    unseenRouteIn: text,
  },
);

const revision = object({}, { revision: number });
const runtimeUpstream: Shape = (value) => upstream(value) ?? revision(value);

const healthCheckNode = object({ host: text, healthy: flag }, { port: number });

const healthCheck = object(
  {
    id: text,
    nodes: either(unread, object({ state: literal('Read'), items: list(healthCheckNode) })),
  },
  { inline: holder, service: upstreamService },
);

function layer(item: Shape): Shape {
  const read = object({
    state: literal('Read'),
    items: list(item),
    resourceVersion: text,
    source: text,
  });
  return either(
    object({ state: literal('Absent') }),
    object({ state: literal('Unread'), reason: text, source: text }),
    read,
  );
}

const replica = object({
  gateway: text,
  name: text,
  isStandalone: flag,
  upstreams: layer(upstream),
  runtime: layer(runtimeUpstream),
  healthChecks: layer(healthCheck),
});

const snapshotParts = {
  takenAt: text,
  versions: dictionary(text),
  services: layer(service),
  pods: layer(pod),
  endpointSlices: layer(endpointSlice),
  endpoints: layer(endpoints),
  nodes: layer(object({ name: text, ready: flag }, { zone: text })),
  apisixRoutes: layer(apisixRoute),
  ingresses: layer(route),
  gatewayRoutes: layer(route),
  upstreams: layer(upstream),
  replicas: layer(replica),
  gatewayGiven: flag,
};

const snapshot = object(snapshotParts, {
  serverTime: text,
  gateways: list(object({ name: text, source: text }, { reason: text })),
});
