import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ServiceReport } from '../../source/core/report.ts';
import type { Layer, Replica } from '../../source/core/snapshot.ts';
import type { Known } from '../../source/gateways/apisix/effective/known.ts';
import { lookUpById } from '../../source/gateways/apisix/look-up.ts';
import { idOfName } from '../../source/gateways/apisix/name.ts';
import type { GatewayOptions } from '../../source/gateways/apisix/open.ts';
import {
  openReplicas,
  readReplicas,
  type AllReplicas,
  type OpenReplicas,
} from '../../source/gateways/apisix/replicas.ts';
import { startApisix, type Apisix } from './apisix/server.ts';
import { agreed, reportOf } from './judging.ts';
import { fakeKube, listOf, podObject } from './kube-api.ts';
import { secrets } from './secrets.ts';
import { ips, service } from './snapshot.ts';

export const { adminKey } = secrets;
/** ms, for one answer. */
export const timeoutMs = 300;
/** Of the upstream of shop/web. */
export const id = idOfName('shop_web_80');

const known: Known = { services: [service()], routes: [] };
const everywhere = '/api/v1/pods?labelSelector=app.kubernetes.io/name=apisix';
const controllers =
  '/api/v1/pods?labelSelector=app.kubernetes.io/name+in+(apisix-ingress-controller,ingress-controller)';

export const upstreamOf = (hosts: readonly string[]) => ({
  id,
  name: 'shop_web_80',
  type: 'roundrobin',
  nodes: hosts.map((host) => ({ host, port: 8080, weight: 100 })),
});

/** Pods in which APISIX runs, each of them a double, and what is read of them. */
export type ApisixPods = {
  /** By NAMESPACE/POD. */
  readonly doubles: ReadonlyMap<string, Apisix>;
  readonly notices: readonly string[];
  /** A pod `gw/NAME` that holds these nodes for shop/web. */
  readonly pod: (name: string, hosts?: readonly string[], namespace?: string) => Promise<Apisix>;
  readonly open: (options?: Partial<GatewayOptions>) => Promise<OpenReplicas>;
  /** Anew, or again after what they told `before`. */
  readonly readAll: (before?: Layer<Replica>) => Promise<AllReplicas>;
  /** Of shop/web, whose pods Kubernetes tells rightly. */
  readonly report: () => Promise<ServiceReport>;
};

export function apisixPods(): ApisixPods {
  const doubles = new Map<string, Apisix>();
  const notices: string[] = [];
  const notice = (text: string) => notices.push(text);

  async function open(options: Partial<GatewayOptions> = {}): Promise<OpenReplicas> {
    const places = [...doubles.keys()];
    const pods = places.map((place) => podObject(place, { instance: 'apisix' }));
    const images = ['apache/apisix-ingress-controller:2.2.0', 'ghcr.io/api7/adc:0.27.1'];
    const kube = fakeKube({
      ...Object.fromEntries(
        places.map((place, index) => [`/api/v1/namespaces/${place.replace('/', '/pods/')}`, pods[index]]),
      ),
      [everywhere]: listOf(...pods),
      [controllers]: listOf({ spec: { containers: images.map((image) => ({ image })) } }),
    });
    const opened = await openReplicas(
      { namespace: 'shop', timeoutMs, ...options },
      {
        kube,
        env: { APISIX_ADMIN_KEY: adminKey },
        readFile: () => Promise.reject(new Error('no file')),
        exec: () => Promise.reject(new Error('nothing is run')),
        notice,
        dial: ({ namespace, name }, port) => {
          const { adminPort = 0, controlPort = 0 } = doubles.get(`${namespace}/${name}`) ?? {};
          return Promise.resolve(connect(port === 9180 ? adminPort : controlPort, '127.0.0.1'));
        },
      },
    );
    if (opened.state === 'Open') onTestFinished(opened.close);
    return opened;
  }

  async function readAll(before: Layer<Replica> = { state: 'Absent' }): Promise<AllReplicas> {
    const lookUpIn = (gateway: Parameters<typeof lookUpById>[0]) =>
      lookUpById(gateway, { isGiven: true, notice });
    return readReplicas(await open(), { everything: false, lookUpIn, notice, before })(known);
  }

  return {
    doubles,
    notices,
    pod: async (name, hosts = ips(1, 2, 3), namespace = 'gw') => {
      const apisix = await startApisix({ flavour: 'v3', adminKey });
      onTestFinished(apisix.close);
      apisix.put('upstreams', id, upstreamOf(hosts));
      apisix.put('routes', 'r', { uri: '/', upstream_id: id });
      doubles.set(`${namespace}/${name}`, apisix);
      return apisix;
    },
    open,
    readAll,
    report: async () => reportOf({ ...agreed, ...(await readAll()), gatewayGiven: true }),
  };
}
