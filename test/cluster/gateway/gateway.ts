import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import type { Item } from '../../helpers/apisix/store.ts';
import { secrets } from '../../helpers/secrets.ts';
import type { Client } from '../plane/client.ts';
import type { Running } from '../plane/process.ts';
import { startApisixPods, type ApisixPod } from './apisix-pod.ts';
import { startIngressController, type ControllerSettings } from './ingress-controller.ts';

/** Of its admin API. */
export const keys = { adminKey: secrets.adminKey, viewerKey: secrets.viewerKey };

export type GatewayOptions = ControllerSettings & {
  /** Of the admin API: APISIX 3.18 or 2.15. */
  readonly adminVersion?: 'v2' | 'v3';
  /** Where its pod and its controller are: `ingress-apisix` by default. */
  readonly namespace?: string;
  /** Hears of everything that the controller writes into it. */
  readonly onWrite?: (item: Item) => void;
};

/** One APISIX, the controller that writes into it, and the pod through which the cluster reaches it. */
export type Gateway = {
  readonly apisix: Apisix;
  readonly pod: ApisixPod;
  /** The paths that `kubectl eps` asked for so far, of the admin API; the controller asks, too. */
  readonly asked: () => readonly string[];
  /** All that the controller has written so far. */
  readonly controllerLog: () => string;
  readonly stopController: () => Promise<void>;
  /** Starts the stopped controller again, as it was. */
  readonly restartController: () => Promise<void>;
  /** Ends all three; resolves when they are gone from the cluster. */
  readonly stop: () => Promise<void>;
};

/** One a namespace; its controller takes care of the routes of all. */
export async function startGateway(
  client: Client,
  { adminVersion = 'v3', namespace = 'ingress-apisix', onWrite, ...settings }: GatewayOptions = {},
): Promise<Gateway> {
  const apisix = await startApisix({ flavour: adminVersion, ...keys, ...(onWrite && { onWrite }) });
  await client.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const [pod] = await startApisixPods(client, { namespace, apisixes: [apisix], ...keys });
  if (!pod) throw new Error('the Deployment of APISIX has no pod');
  const admin = { adminUrl: apisix.adminUrl, adminVersion, adminKey: keys.adminKey };
  const running: Running[] = [];
  const restartController = async () => {
    running.push(await startIngressController(client, { namespace, ...admin, settings }));
  };
  await restartController();
  const asked = () => apisix.requests.filter(({ agent }) => agent === 'kubectl-eps').map(({ path }) => path);
  const controllerLog = () => running.map(({ log }) => log()).join('');
  const stopController = async () => {
    for (const controller of running.splice(0)) await controller.stop();
  };
  const stop = async () => {
    await stopController();
    await apisix.close();
    const kinds = 'deployment,configmap,secret,portforward,exec';
    await client.output(['delete', kinds, '--all', `--namespace=${namespace}`, '--cascade=foreground']);
  };
  return { apisix, pod, asked, controllerLog, stopController, restartController, stop };
}
