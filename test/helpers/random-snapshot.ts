import type {
  EndpointPort,
  Endpoints,
  EndpointSlice,
  Pod,
  Service,
  ServicePort,
  SliceEndpoint,
} from '../../source/core/kubernetes.ts';
import type { Layer, Snapshot, Upstream } from '../../source/core/snapshot.ts';
import { backend, port80, refTo, route } from './objects.ts';
import { randomOf, type Random } from './random.ts';
import { pod, read, service, slice, snapshot, unread } from './snapshot.ts';

const tcp = (name: string, port: number, targetPort: number | string): ServicePort => ({
  name,
  port,
  protocol: 'TCP',
  targetPort,
});

function randomService({ pick, once }: Random): Service {
  const whole = service({
    ports: pick([
      [tcp('http', 80, 8080)],
      [tcp('http', 80, 8080)],
      [tcp('', 80, 8080)],
      [tcp('http', 80, 'web')],
      [tcp('http', 80, 'web'), tcp('metrics', 9100, 9090)],
      [tcp('http', 80, 8080), tcp('admin', 81, 8080)],
      [],
    ]),
    ipFamilies: pick([['IPv4'], ['IPv4'], ['IPv6'], ['IPv4', 'IPv6'], ['IPv6', 'IPv4']]),
    publishNotReadyAddresses: once(6),
    type: once(25) ? 'ExternalName' : 'ClusterIP',
    selector: once(6) ? {} : { app: 'web' },
  });
  return whole.ports.length === 0 ? { ...whole, clusterIP: 'None' } : whole;
}

function randomPod(random: Random, number: number): Pod {
  const { once, pick } = random;
  const own = once(12) ? 1 : number;
  const containerPort = (port: number, protocol = 'TCP') => ({ name: 'web', containerPort: port, protocol });
  return pod(number, {
    podIPs: pick([[`10.0.0.${own}`], [`10.0.0.${own}`, `fd00::${own}`], [`fd00::${own}`], []]),
    ready: !once(3),
    terminating: once(5),
    phase: pick(['Running', 'Running', 'Running', 'Running', 'Pending', 'Failed', 'Succeeded']),
    labels: once(8) ? { app: 'api' } : { app: 'web', tier: 'front' },
    namespace: once(20) ? 'other' : 'shop',
    nodeName: pick(['node-1', 'node-2']),
    namedPorts: pick([
      [containerPort(8080)],
      [containerPort(9090)],
      [containerPort(5353, 'UDP'), containerPort(8080), containerPort(9090)],
      [containerPort(8080, 'UDP')],
      [],
    ]),
  });
}

/** Ports as a slice or a subset has them: those of the Service, under a number that pods may have. */
function randomPorts({ pick, once, some }: Random, { ports }: Service): readonly EndpointPort[] {
  if (once(12)) return [{ name: 'gone', port: 7070, protocol: 'TCP' }];
  const named = ports.map(({ name, targetPort }) => ({
    name,
    protocol: 'TCP',
    port: typeof targetPort === 'number' && !once(10) ? targetPort : pick([8080, 9090]),
  }));
  if (once(12)) return named.map(({ name, protocol }) => ({ name, protocol }));
  return once(8) ? some(named) : named;
}

/** Addresses to speak of: most are of pods, some of nobody. */
function hosts({ some }: Random, pods: readonly Pod[]): readonly string[] {
  const known = [...new Set(pods.flatMap(({ podIPs }) => podIPs))];
  return [...known.filter((_, index) => index % 5 > 0), ...some(known), ...some(['10.0.0.7', 'fd00::7'])];
}

function randomEndpoint(random: Random, address: string, pods: readonly Pod[]): SliceEndpoint {
  const { once, pick } = random;
  const owner = pods.find(({ podIPs }) => podIPs.includes(address)) ?? pod(9);
  const ready = once(5) ? once(2) : owner.ready && !owner.terminating;
  return {
    addresses: once(15) ? [address, '10.0.0.8'] : [address],
    ready,
    serving: ready || once(2),
    terminating: once(6) ? once(2) : owner.terminating,
    ...(once(2) && { targetRef: refTo(once(8) ? pod(9) : owner) }),
    ...(once(3) && { nodeName: pick(['node-1', 'node-2']) }),
  };
}

function randomSlice(random: Random, name: string, whose: Service, pods: readonly Pod[]): EndpointSlice {
  const { pick, once } = random;
  const kept = 'endpointslice-controller.k8s.io';
  return slice([], {
    name,
    uid: name,
    serviceName: once(12) ? 'api' : 'web',
    namespace: once(20) ? 'other' : 'shop',
    managedBy: pick([kept, kept, kept, 'endpointslicemirroring-controller.k8s.io', '', 'sync.example.com']),
    owner: { kind: 'Service', name: 'web', uid: once(12) ? 'uid-old' : 'uid-web' },
    terminating: once(15),
    ports: randomPorts(random, whose),
    endpoints: hosts(random, pods).map((address) => randomEndpoint(random, address, pods)),
  });
}

function randomEndpoints(random: Random, whose: Service, pods: readonly Pod[]): readonly Endpoints[] {
  const { once, pick } = random;
  if (once(10)) return [];
  const subsets = pick([[1], [1], [1, 2], []]).map(() => {
    const all = hosts(random, pods).map((ip) => ({ ip }));
    const isReady = ({ ip }: { readonly ip: string }) =>
      once(8) ? once(2) : pods.some(({ ready, podIPs }) => ready && podIPs.includes(ip));
    const addresses = all.filter(isReady);
    return {
      addresses,
      notReadyAddresses: all.filter((one) => !addresses.includes(one) || once(20)),
      ports: randomPorts(random, whose),
    };
  });
  const overCapacity = pick([undefined, undefined, 'truncated', 'warning']);
  return [
    {
      namespace: 'shop',
      name: 'web',
      uid: 'uid-endpoints',
      resourceVersion: '1',
      skipMirror: once(8),
      ...(overCapacity !== undefined && { overCapacity }),
      subsets,
    },
  ];
}

function randomUpstream(random: Random, id: number, known: readonly string[]): Upstream {
  const { pick, once } = random;
  const nodes = [...known, ...(once(6) ? ['web.example.com', 'none'] : [])].map((host) => ({
    host,
    ...(!once(20) && { port: once(6) ? 9090 : 8080 }),
    weight: pick([100, 100, 0, 1]),
    priority: 0,
  }));
  return {
    id: String(id),
    name: pick([`shop_web_${id}`, '']),
    source: once(5) ? 'Manual' : 'Controller',
    nodes: once(15)
      ? { state: 'Unread', reason: 'kubernetes discovery' }
      : { state: 'Read', items: once(10) ? [] : nodes },
    service: port80({
      ...(once(5) && { port: pick([81, 9100, 7070]) }),
      ...(once(8) && { name: 'api' }),
      ...(once(6) && { subset: 'v1' }),
      granularity: once(8) ? 'service' : 'endpoint',
    }),
  };
}

/** A Snapshot around shop/web in which anything may be wrong, and most is right. */
export function randomSnapshot(seed: number): Snapshot {
  const random = randomOf(seed);
  const { below, once, pick } = random;
  const numbers = (limit: number) => Array.from({ length: below(limit) }, (_, index) => index + 1);
  const layer = <Item>(items: readonly Item[]): Layer<Item> => (once(12) ? unread : read(items));
  const whose = randomService(random);
  const pods = numbers(6).map((number) => randomPod(random, number));
  const endpoints = randomEndpoints(random, whose, pods);
  const published = endpoints.flatMap(({ subsets }) =>
    subsets.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)),
  );
  const nodesOf = () => (once(3) ? published : hosts(random, pods));
  const ready = { name: 'node-1', ready: !once(8) };
  return snapshot({
    services: read([whose]),
    pods: layer(pods),
    endpointSlices: layer(numbers(4).map((number) => randomSlice(random, `web-${number}`, whose, pods))),
    endpoints: layer(endpoints),
    nodes: pick([
      { state: 'Absent' },
      unread,
      read([ready]),
      read([ready, { name: 'node-2', ready: true }]),
      read([ready, { name: 'node-2', ready: true }]),
    ]),
    apisixRoutes: once(3)
      ? read([route([backend('web', pick([80, 'http', 9100])), ...(once(2) ? [backend('api')] : [])])])
      : { state: 'Absent' },
    upstreams: once(4)
      ? { state: 'Absent' }
      : layer(numbers(4).map((number) => randomUpstream(random, number, nodesOf()))),
    gatewayGiven: once(2),
    versions: pick([{ kubernetes: 'v1.37.2' }, { kubernetes: 'v1.31.1' }, {}]),
  });
}
