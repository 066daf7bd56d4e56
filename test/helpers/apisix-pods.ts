import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { askTogether } from '../../source/commands/gateway.ts';
import type { AllTold } from '../../source/core/gateways/together.ts';
import { EpsError } from '../../source/core/error.ts';
import type { ServiceReport } from '../../source/core/report.ts';
import { apisix } from '../../source/gateways/apisix/kind.ts';
import { idOfName } from '../../source/gateways/apisix/name.ts';
import type { GatewayOptions, Known, Opened } from '../../source/gateways/gateway.ts';
import { startApisix, type Apisix } from './apisix/server.ts';
import { agreed, reportOf } from './judging.ts';
import { controllerObject, everywhere, fakeKube, listOf, podObject } from './kube-api.ts';
import { secrets } from './secrets.ts';
import { ips, service } from './snapshot.ts';

export const { adminKey } = secrets;
/** Of the upstream of shop/web. */
export const id = idOfName('shop_web_80');

const known: Known = { services: [service()], routes: [] };
export const upstreamOf = (hosts: readonly string[]) => ({
  id,
  name: 'shop_web_80',
  type: 'roundrobin',
  nodes: hosts.map((host) => ({ host, port: 8080, weight: 100 })),
});

/** In a kubelet's words. */
const refused = (place: string) =>
  `cannot connect to port 9180 of pod ${place}: error forwarding port 9180: failed to connect to localhost:9180: dial tcp4 127.0.0.1:9180: connect: connection refused`;

/** Pods in which APISIX runs, each of them a double, and what is read of them. */
export type ApisixPods = {
  /** By NAMESPACE/POD. */
  readonly doubles: ReadonlyMap<string, Apisix>;
  readonly notices: readonly string[];
  /** A pod `gw/NAME` that holds these nodes for shop/web. */
  readonly pod: (name: string, hosts?: readonly string[], namespace?: string) => Promise<Apisix>;
  /** Another one, whose admin port nobody listens on. */
  readonly dataPlane: (name: string, namespace: string) => Promise<Apisix>;
  readonly open: (options?: Partial<GatewayOptions>) => Promise<Opened>;
  readonly readAll: (options?: Partial<GatewayOptions>) => Promise<AllTold>;
  /** After what they told before. */
  readonly readAgain: (before: AllTold) => Promise<AllTold>;
  /** Of shop/web, whose pods Kubernetes tells rightly. */
  readonly report: (options?: Partial<GatewayOptions>) => Promise<ServiceReport>;
};

/** `answers`: what the API server has besides the pods; `timeoutMs` is for one answer of a pod. */
export function apisixPods(answers: Readonly<Record<string, unknown>> = {}, timeoutMs = 10_000): ApisixPods {
  const doubles = new Map<string, Apisix>();
  const notices: string[] = [];
  const notice = (text: string) => notices.push(text);

  const dataPlanes = new Set<string>();

  function dial(place: string, port: number): Promise<Duplex> {
    const isAdmin = port === 9180;
    if (isAdmin && dataPlanes.has(place)) return Promise.reject(new EpsError(refused(place)));
    const { adminPort = 0, controlPort = 0 } = doubles.get(place) ?? {};
    return Promise.resolve(connect(isAdmin ? adminPort : controlPort, '127.0.0.1'));
  }

  async function pod(
    name: string,
    hosts: readonly string[] = ips(1, 2, 3),
    namespace = 'gw',
  ): Promise<Apisix> {
    const double = await startApisix({ flavour: 'v3', adminKey });
    onTestFinished(double.close);
    double.put('upstreams', id, upstreamOf(hosts));
    double.put('routes', 'r', { uri: '/', upstream_id: id });
    doubles.set(`${namespace}/${name}`, double);
    return double;
  }

  async function open(options: Partial<GatewayOptions> = {}): Promise<Opened> {
    const places = [...doubles.keys()];
    const pods = places.map((place) => podObject(place, { instance: 'apisix' }));
    const kube = fakeKube({
      ...Object.fromEntries(
        places.map((place, index) => [`/api/v1/namespaces/${place.replace('/', '/pods/')}`, pods[index]]),
      ),
      ...answers,
      [everywhere]: listOf(...pods, controllerObject),
    });
    const opened = await apisix.open(
      { namespace: 'shop', timeoutMs, everything: false, isGiven: true, allReplicas: true, ...options },
      {
        kube,
        env: { APISIX_ADMIN_KEY: adminKey },
        readFile: () => Promise.reject(new Error('no file')),
        exec: () => Promise.reject(new Error('nothing is run')),
        notice,
        dial: ({ namespace, name }, port) => dial(`${namespace}/${name}`, port),
      },
    );
    if (opened.state === 'Open')
      opened.gateways.forEach(({ close }) => {
        onTestFinished(close);
      });
    return opened;
  }

  async function readAll(options?: Partial<GatewayOptions>): Promise<AllTold> {
    const opened = await open(options);
    if (opened.state !== 'Open') throw new Error(opened.state);
    return askTogether(opened.gateways, ({ read }) => read(known), notice);
  }

  async function readAgain(before: AllTold): Promise<AllTold> {
    const opened = await open();
    if (opened.state !== 'Open') throw new Error(opened.state);
    return askTogether(opened.gateways, ({ again }) => again({ known, had: [], before }), notice);
  }

  return {
    doubles,
    notices,
    pod,
    dataPlane: (name, namespace) => {
      dataPlanes.add(`${namespace}/${name}`);
      return pod(name, undefined, namespace);
    },
    open,
    readAll,
    readAgain,
    report: async (options) => reportOf({ ...agreed, ...(await readAll(options)), gatewayGiven: true }),
  };
}
