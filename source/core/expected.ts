import { familyOf, type Address, type IpFamily } from './address.ts';
import {
  mirroringController,
  type EndpointAddress,
  type EndpointPort,
  type EndpointSlice,
  type Pod,
  type Service,
  type ServicePort,
} from './kubernetes.ts';
import { hasSelector, type Scope } from './scope.ts';
import { itemsOf } from './snapshot.ts';

/**
 * What a layer should hold of an address; `Any` where nobody can say, so nothing diverges, and `Unready` where it
 * may be there or not, but not as ready.
 */
export type Expected = 'Ready' | 'NotReady' | 'Terminating' | 'Absent' | 'Unready' | 'Any';

/** The layers that are compared with the truth. */
export const comparedLayers = ['EndpointSlices', 'Endpoints', 'Upstream', 'Runtime', 'HealthCheck'] as const;

export type ComparedLayer = (typeof comparedLayers)[number];

/** What the rules of Kubernetes say; what a gateway's pods should hold follows from its Upstream. */
export type ExpectedLayers = Readonly<Record<'EndpointSlices' | 'Endpoints' | 'Upstream', Expected>>;

type ExpectedAddress = {
  /** The Service port's name; empty when unnamed. */
  readonly port: string;
  readonly address: Address;
  readonly pod?: Pod;
  readonly expected: ExpectedLayers;
};

/** Who should be where. */
export type Truth = {
  readonly addresses: readonly ExpectedAddress[];
  /** What the layers should hold of every other address. */
  readonly others: ExpectedLayers;
};

const nobodyKnows: Truth = {
  addresses: [],
  others: { EndpointSlices: 'Any', Endpoints: 'Any', Upstream: 'Any' },
};

/** `podutil.IsPodTerminal`: such a pod is published nowhere. */
export function isTerminal({ phase }: Pod): boolean {
  return phase === 'Failed' || phase === 'Succeeded';
}

export function podState(pod: Pod): 'Ready' | 'NotReady' | 'Terminating' {
  if (pod.terminating) return 'Terminating';
  return pod.ready ? 'Ready' : 'NotReady';
}

/** `podutil.FindPort`: a number stands for itself, a name is looked up in each pod's own containers. */
function findPort(pod: Pod, { targetPort, protocol }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  return pod.namedPorts.find((port) => port.name === targetPort && port.protocol === protocol)?.containerPort;
}

/** Where an address may be reached: the Service port's name, empty when unnamed, and the number behind it. */
type Place = { readonly name: string; readonly port?: number };

/** Of a Service without ports (headless) the bare IPs are published. */
const portless: readonly Place[] = [{ name: '' }];

/** The places of a pod: its own ports under those of the Service. */
function placesOf(pod: Pod, { ports }: Service): readonly Place[] {
  if (ports.length === 0) return portless;
  return ports.flatMap((servicePort) => {
    const port = findPort(pod, servicePort);
    return port === undefined ? [] : [{ name: servicePort.name, port }];
  });
}

/** The places that a subset or slice tells of its hosts: its numbered ports. */
export function placesUnder(ports: readonly EndpointPort[], service: Service): readonly Place[] {
  if (ports.length === 0) return service.ports.length === 0 ? portless : [];
  return ports.flatMap(({ name, port }) => (port === undefined ? [] : [{ name, port }]));
}

export function addressAt(host: string, { port }: Place): Address {
  return port === undefined ? { host } : { host, port };
}

/** The endpointslice reconciler skips such pods, unless publishNotReadyAddresses tells it to publish whatever there is. */
export function isOnMissingNode({ nodeName }: Pod, { service, nodes }: Scope): boolean {
  return !service.publishNotReadyAddresses && nodeName !== undefined && nodes?.has(nodeName) === false;
}

/**
 * endpointslice `podToEndpoint`: ready is forced by publishNotReadyAddresses, else ready and not terminating.
 * That a ready pod is skipped with its Node is a loss; of the others it is of no consequence.
 */
function inSlices(pod: Pod, scope: Scope): Expected {
  if (scope.service.publishNotReadyAddresses) return 'Ready';
  const state = podState(pod);
  return state !== 'Ready' && isOnMissingNode(pod, scope) ? 'Unready' : state;
}

/** The endpoints controller drops terminating pods unless told to publish them, and knows the first family only. */
function inEndpoints(pod: Pod, service: Service, family: IpFamily): Expected {
  if (family !== service.ipFamilies[0]) return 'Absent';
  if (service.publishNotReadyAddresses) return 'Ready';
  if (pod.terminating) return 'Absent';
  return pod.ready ? 'Ready' : 'NotReady';
}

/** A gateway takes ready addresses only. */
const inUpstream = (published: Expected): Expected => (published === 'Ready' ? 'Ready' : 'Absent');

function truthFromPods(scope: Scope, pods: readonly Pod[]): Truth {
  const { service } = scope;
  const addresses: ExpectedAddress[] = [];
  for (const pod of pods) {
    if (isTerminal(pod)) continue;
    const published = inSlices(pod, scope);
    for (const place of placesOf(pod, service)) {
      for (const host of pod.podIPs) {
        const family = familyOf(host);
        if (family === undefined || !service.ipFamilies.includes(family)) continue;
        const expected = {
          EndpointSlices: published,
          Endpoints: inEndpoints(pod, service, family),
          Upstream: inUpstream(published),
        };
        addresses.push({ port: place.name, address: addressAt(host, place), pod, expected });
      }
    }
  }
  return { addresses, others: { EndpointSlices: 'Absent', Endpoints: 'Absent', Upstream: 'Absent' } };
}

function fromEndpoints({ service, endpoints }: Scope): readonly ExpectedAddress[] {
  return itemsOf(endpoints).flatMap(({ subsets, skipMirror }) =>
    subsets.flatMap(({ addresses, notReadyAddresses, ports }) => {
      const take = (list: readonly EndpointAddress[], state: Expected) =>
        placesUnder(ports, service).flatMap((place) =>
          list.map(({ ip }) => ({
            port: place.name,
            address: addressAt(ip, place),
            expected: {
              EndpointSlices: skipMirror ? ('Any' as const) : state,
              Endpoints: state,
              Upstream: inUpstream(state),
            },
          })),
        );
      return [...take(addresses, 'Ready'), ...take(notReadyAddresses, 'NotReady')];
    }),
  );
}

function fromSlices(
  service: Service,
  slices: readonly EndpointSlice[],
  upstream: 'AsReady' | 'Any',
): readonly ExpectedAddress[] {
  return slices.flatMap(({ endpoints, ports }) =>
    placesUnder(ports, service).flatMap((place) =>
      endpoints.flatMap(({ addresses, ready }) =>
        addresses.map((host) => ({
          port: place.name,
          address: addressAt(host, place),
          expected: {
            EndpointSlices: 'Any' as const,
            Endpoints: 'Any' as const,
            Upstream: upstream === 'Any' ? 'Any' : inUpstream(ready ? 'Ready' : 'NotReady'),
          },
        })),
      ),
    ),
  );
}

/**
 * Without a selector the hand-made Endpoints are the truth, else the hand-made slices. Beside Endpoints a slice
 * made by hand may add what it likes; a mirror may not.
 */
function truthByHand(scope: Scope): Truth {
  const { service, endpoints, endpointSlices } = scope;
  if (endpoints.state !== 'Read' || endpointSlices.state !== 'Read') return nobodyKnows;
  const byHand = fromEndpoints(scope);
  const others = { EndpointSlices: 'Any', Endpoints: 'Any', Upstream: 'Absent' } as const;
  if (byHand.length === 0) {
    return { addresses: fromSlices(service, endpointSlices.items, 'AsReady'), others };
  }
  const besides = endpointSlices.items.filter(({ managedBy }) => managedBy !== mirroringController);
  return {
    addresses: [...byHand, ...fromSlices(service, besides, 'Any')],
    others: { ...others, EndpointSlices: 'Absent' },
  };
}

/**
 * Who should be in which layer, by the rules of the endpoints and endpointslice controllers
 * (`ShouldPodBeInEndpoints`, `podToEndpoint`, `FindPort` of Kubernetes 1.37) and of the gateway's controller.
 */
export function truthOf(scope: Scope): Truth {
  if (scope.service.type === 'ExternalName') return nobodyKnows;
  if (!hasSelector(scope.service)) return truthByHand(scope);
  return scope.pods.state === 'Read' ? truthFromPods(scope, scope.pods.items) : nobodyKnows;
}
