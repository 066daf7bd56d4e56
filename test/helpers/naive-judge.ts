import type { EndpointPort, EndpointSlice, Pod, Service } from '../../source/core/kubernetes.ts';
import type { Layer, Snapshot, Upstream } from '../../source/core/snapshot.ts';

/**
 * The judge once more, naively: sets of words per `port address` and nothing else, written from the rules of the
 * controllers and not from source/core. It names no causes: it says where an address is, is missing, is stale.
 */

export const compared = ['EndpointSlices', 'Endpoints', 'Upstream'] as const;
type LayerName = (typeof compared)[number];

/** Per `port address` all that is said of it, of which the first of these words counts. */
type Words = Map<string, Set<string>>;
const words = ['Present', 'Ready', 'NotReady', 'Terminating', 'NotAsReady', 'Free'];

export type NaiveVerdict = {
  readonly in: Readonly<Record<string, string>>;
  readonly missing: readonly LayerName[];
  readonly stale: readonly LayerName[];
};

type World = {
  readonly service: Service;
  readonly snapshot: Snapshot;
  readonly pods: readonly Pod[];
  readonly slices: readonly EndpointSlice[];
  readonly upstreams: readonly Upstream[];
  readonly due: Readonly<Record<LayerName, Words>>;
  readonly said: Readonly<Record<LayerName | 'Pods', Words>>;
  /** Who sends requests to a node: whoever gave it a weight above 0. */
  readonly senders: Words;
};

function say(list: Words, keys: readonly string[], word: string): void {
  for (const key of keys) list.set(key, (list.get(key) ?? new Set()).add(word));
}

const wordOf = (list: Words, key: string) => words.find((word) => list.get(key)?.has(word)) ?? 'Absent';
const items = <Item>(layer: Layer<Item>) => (layer.state === 'Read' ? layer.items : []);
const isIpv6 = (host: string) => host.includes(':');
const at = (host: string, port: number) => (isIpv6(host) ? `[${host}]:${port}` : `${host}:${port}`);
export const addressOf = (key: string) => key.slice(key.indexOf(' ') + 1);
const portOf = (key: string) => key.slice(0, key.indexOf(' '));
const isIpv6Key = (key: string) => addressOf(key).split(':').length > 2;
const isHostName = (key: string) => !isIpv6Key(key) && /[a-z]/.test(addressOf(key));

/** Hosts under the ports that a slice or a subset has. */
function keysOf(
  hosts: readonly string[],
  ports: readonly EndpointPort[],
  service: Service,
): readonly string[] {
  if (ports.length === 0) return service.ports.length === 0 ? hosts.map((host) => ` ${host}`) : [];
  return ports.flatMap(({ name, port }) =>
    port === undefined ? [] : hosts.map((host) => `${name} ${at(host, port)}`),
  );
}

function keysOfPod(pod: Pod, service: Service): readonly string[] {
  const hosts = pod.podIPs.filter((ip) => service.ipFamilies.includes(isIpv6(ip) ? 'IPv6' : 'IPv4'));
  if (service.ports.length === 0) return hosts.map((host) => ` ${host}`);
  return service.ports.flatMap(({ name, targetPort, protocol }) => {
    const [named] = pod.namedPorts.filter((one) => one.name === targetPort && one.protocol === protocol);
    const number = typeof targetPort === 'number' ? targetPort : named?.containerPort;
    return number === undefined ? [] : hosts.map((host) => `${name} ${at(host, number)}`);
  });
}

function worldOf(snapshot: Snapshot, service: Service): World {
  const selector = Object.entries(service.selector ?? {});
  const isSelected = ({ namespace, labels }: Pod) =>
    namespace === service.namespace && selector.every(([key, value]) => labels[key] === value);
  const selects = selector.length > 0 && service.type !== 'ExternalName';
  return {
    service,
    snapshot,
    pods: selects ? items(snapshot.pods).filter(isSelected) : [],
    slices: items(snapshot.endpointSlices).filter(
      ({ namespace, serviceName }) => namespace === service.namespace && serviceName === service.name,
    ),
    upstreams: items(snapshot.upstreams).filter(
      (one) => one.service?.namespace === service.namespace && one.service.name === service.name,
    ),
    due: { EndpointSlices: new Map(), Endpoints: new Map(), Upstream: new Map() },
    senders: new Map(),
    said: { Pods: new Map(), EndpointSlices: new Map(), Endpoints: new Map(), Upstream: new Map() },
  };
}

const subsetsOf = ({ service, snapshot }: World) =>
  items(snapshot.endpoints)
    .filter(({ namespace, name }) => namespace === service.namespace && name === service.name)
    .flatMap(({ subsets, skipMirror }) => subsets.map((subset) => ({ ...subset, skipMirror })));

function observe(world: World): void {
  const { service, slices, upstreams, said, senders } = world;
  for (const { ports, endpoints } of slices)
    for (const { addresses, ready, terminating } of endpoints) {
      const unready = terminating ? 'Terminating' : 'NotReady';
      say(said.EndpointSlices, keysOf(addresses, ports, service), ready ? 'Ready' : unready);
    }
  for (const { addresses, notReadyAddresses, ports } of subsetsOf(world)) {
    const take = (list: readonly { readonly ip: string }[], word: string) => {
      say(
        said.Endpoints,
        keysOf(
          list.map(({ ip }) => ip),
          ports,
          service,
        ),
        word,
      );
    };
    take(addresses, 'Ready');
    take(notReadyAddresses, 'NotReady');
  }
  for (const { name, port } of service.ports)
    for (const { nodes, source, service: whose } of upstreams)
      if (whose?.port === port && whose.granularity === 'endpoint' && nodes.state === 'Read')
        for (const node of nodes.items) {
          const address = at(node.host, node.port ?? 80);
          if (node.weight > 0) say(senders, [`${name} ${address}`], source);
          say(said.Upstream, [`${name} ${address}`], 'Present');
        }
}

/** What the controllers publish of the pods. */
function expectPods({ service, snapshot, pods, due, said }: World): void {
  const all = service.publishNotReadyAddresses;
  const isThere = ({ nodeName }: Pod) =>
    snapshot.nodes.state !== 'Read' || snapshot.nodes.items.some(({ name }) => name === nodeName);
  for (const pod of pods.filter(({ phase }) => phase !== 'Failed' && phase !== 'Succeeded')) {
    const keys = keysOfPod(pod, service);
    const unready = pod.terminating ? 'Terminating' : 'NotReady';
    const state = pod.ready && !pod.terminating ? 'Ready' : unready;
    const first = keys.filter((key) => isIpv6Key(key) === (service.ipFamilies[0] === 'IPv6'));
    say(said.Pods, keys, state);
    say(due.EndpointSlices, keys, all ? 'Ready' : state);
    // Without its Node the pod is skipped: a loss if it is ready, else of no consequence.
    if (!all && state !== 'Ready' && !isThere(pod)) {
      for (const key of keys) due.EndpointSlices.get(key)?.delete(state);
      say(due.EndpointSlices, keys, 'NotAsReady');
    }
    if (all) say(due.Endpoints, first, 'Ready');
    else if (!pod.terminating) say(due.Endpoints, first, pod.ready ? 'Ready' : 'NotReady');
    if (all || state === 'Ready') say(due.Upstream, keys, 'Ready');
  }
}

/** Without a selector: Endpoints made by hand, with slices made by hand beside them; else such slices alone. */
function expectByHand(world: World): void {
  const { service, slices, due } = world;
  const hand = subsetsOf(world).flatMap(({ addresses, notReadyAddresses, ports, skipMirror }) => {
    const take = (list: readonly { readonly ip: string }[], word: string) =>
      keysOf(
        list.map(({ ip }) => ip),
        ports,
        service,
      ).map((key) => ({ key, word, skipMirror }));
    return [...take(addresses, 'Ready'), ...take(notReadyAddresses, 'NotReady')];
  });
  for (const { key, word, skipMirror } of hand) {
    say(due.Endpoints, [key], word);
    say(due.EndpointSlices, [key], skipMirror ? 'Free' : word);
    if (word === 'Ready') say(due.Upstream, [key], 'Ready');
  }
  const isMirror = ({ managedBy }: EndpointSlice) => managedBy.includes('mirroring');
  for (const one of slices.filter((slice) => hand.length === 0 || !isMirror(slice)))
    for (const { addresses, ready } of one.endpoints) {
      const keys = keysOf(addresses, one.ports, service);
      say(due.EndpointSlices, keys, 'Free');
      say(due.Endpoints, keys, 'Free');
      if (hand.length > 0) say(due.Upstream, keys, 'Free');
      else if (ready) say(due.Upstream, keys, 'Ready');
    }
}

/** Whether the gateway can be compared at a Service port: with all pods, with some, with none, or not at all. */
function gatewayAt({ service, snapshot, upstreams }: World, port: number): string {
  if (snapshot.upstreams.state !== 'Read') return snapshot.upstreams.state;
  const own = upstreams.filter((one) => one.service?.port === port);
  const ofPods = own.filter((one) => one.service?.granularity === 'endpoint');
  if (ofPods.some(({ nodes }) => nodes.state === 'Unread')) return 'Unread';
  if (ofPods.some((one) => one.service?.subset === undefined)) return 'Whole';
  if (ofPods.length > 0) return 'Subset';
  const name = service.ports.find((one) => one.port === port)?.name;
  const isRouted = items(snapshot.apisixRoutes).some(
    ({ namespace, rules }) =>
      namespace === service.namespace &&
      rules.some(({ backends }) =>
        backends.some(
          ({ serviceName, servicePort }) =>
            serviceName === service.name && (servicePort === port || (name !== '' && servicePort === name)),
        ),
      ),
  );
  const others = service.ports.some((one) => upstreams.some((of) => of.service?.port === one.port));
  const isDue = isRouted || (snapshot.gatewayGiven && !others);
  return isDue && own.length === 0 && service.type !== 'ExternalName' ? 'Whole' : 'Absent';
}

function gatewayOf(world: World, key: string): string {
  const port = world.service.ports.find(({ name }) => name === portOf(key));
  return port ? gatewayAt(world, port.port) : 'Absent';
}

/**
 * What the gateway should have, with what it may lack (subsets lack pods, and the second family may be left out)
 * and what it may keep: nodes that get nothing, and by hand those of somebody else.
 */
function upstreamDue({ service, due, said, senders }: World, key: string, gateway: string): string {
  const isSecond = (one: string) => !isHostName(one) && isIpv6Key(one) !== (service.ipFamilies[0] === 'IPv6');
  const takesBoth = [...said.Upstream.keys()].some((one) => portOf(one) === portOf(key) && isSecond(one));
  if (gateway === 'Absent' || gateway === 'Unread' || isHostName(key)) return 'Free';
  const word = wordOf(due.Upstream, key);
  const own = senders.get(key) ?? new Set();
  const isSpare = own.size === 0 || (!own.has('Controller') && !said.Pods.has(key));
  if (word === 'Absent' && said.Upstream.has(key) && isSpare) return 'Free';
  return word === 'Ready' && (gateway === 'Subset' || (isSecond(key) && !takesBoth)) ? 'Free' : word;
}

/** Each upstream of a port serves requests of its own: one that lacks a pod is enough. */
function isLackedBySome({ service, upstreams }: World, key: string): boolean {
  const port = service.ports.find(({ name }) => name === portOf(key))?.port;
  return upstreams.some(
    ({ nodes, service: whose }) =>
      whose?.port === port &&
      whose?.granularity === 'endpoint' &&
      whose.subset === undefined &&
      nodes.state === 'Read' &&
      !nodes.items.some((node) => `${portOf(key)} ${at(node.host, node.port ?? 80)}` === key),
  );
}

function difference(layer: LayerName, should: string, is: string): 'missing' | 'stale' | undefined {
  if (should === 'Free' || is === 'Unread') return undefined;
  const isUsable = is === 'Ready' || is === 'Present';
  if (should === 'Ready') return isUsable ? undefined : 'missing';
  if (isUsable) return 'stale';
  if (should === 'Absent') return is === 'Absent' ? undefined : 'stale';
  return should !== 'NotAsReady' && is === 'Absent' && layer !== 'Upstream' ? 'missing' : undefined;
}

/** All addresses of a Service under each of its ports. */
export function judgeNaively(snapshot: Snapshot, service: Service): ReadonlyMap<string, NaiveVerdict> {
  const world = worldOf(snapshot, service);
  const { due, said } = world;
  const selects = Object.keys(service.selector ?? {}).length > 0;
  const isByHand =
    !selects && snapshot.endpoints.state === 'Read' && snapshot.endpointSlices.state === 'Read';
  const isKnown = service.type !== 'ExternalName' && (selects ? snapshot.pods.state === 'Read' : isByHand);
  observe(world);
  if (isKnown && selects) expectPods(world);
  if (isKnown && !selects) expectByHand(world);
  const keys = new Set([...Object.values(due), ...Object.values(said)].flatMap((list) => [...list.keys()]));
  const verdict = (key: string): NaiveVerdict => {
    const gateway = gatewayOf(world, key);
    const isIn = (layer: LayerName | 'Pods', state: string) =>
      state === 'Read'
        ? { [layer]: wordOf(said[layer], key) }
        : state === 'Unread'
          ? { [layer]: 'Unread' }
          : {};
    const where: Record<string, string> = {
      ...isIn('Pods', selects && snapshot.pods.state === 'Unread' ? 'Unread' : 'Read'),
      ...isIn('EndpointSlices', snapshot.endpointSlices.state),
      ...isIn('Endpoints', snapshot.endpoints.state),
      ...isIn('Upstream', gateway === 'Whole' || gateway === 'Subset' ? 'Read' : gateway),
    };
    const should = (layer: LayerName) => {
      if (!isKnown) return 'Free';
      if (layer === 'Upstream') return upstreamDue(world, key, gateway);
      // Endpoints made by hand are as they should be; what slices hold beside them was asked for or is a mirror's.
      return wordOf(due[layer], key);
    };
    if (where['Upstream'] === 'Present' && should('Upstream') === 'Ready' && isLackedBySome(world, key)) {
      where['Upstream'] = 'Absent';
    }
    const differing = (kind: string) =>
      compared.filter((layer) => difference(layer, should(layer), where[layer] ?? 'Unread') === kind);
    return { in: where, missing: differing('missing'), stale: differing('stale') };
  };
  return new Map([...keys].map((key) => [key, verdict(key)]));
}
