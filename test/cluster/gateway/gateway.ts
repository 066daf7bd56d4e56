import { startApisix, type Apisix } from '../../helpers/apisix/server.ts';
import type { Client } from '../plane/client.ts';
import type { Running } from '../plane/process.ts';
import { startApisixPod, type ApisixPod } from './apisix-pod.ts';
import { startIngressController, type ControllerSettings } from './ingress-controller.ts';

/** Real ones have such keys; these are in no output by chance. */
export const keys = {
  adminKey: '5e1ec7ed0ad31174e7a5c0de0f0ff1ce',
  viewerKey: '0b5e12ed0fee1c0de0ff5e7a5c0de0f0',
};

export type GatewayOptions = ControllerSettings & {
  /** Of the admin API: APISIX 3.18 or 2.15. */
  readonly adminVersion?: 'v2' | 'v3';
};

/** One APISIX, the controller that writes into it, and the pod through which the cluster reaches it. */
export type Gateway = {
  readonly apisix: Apisix;
  readonly controller: Running;
  readonly pod: ApisixPod;
  /** Ends all three; resolves when nothing of them is left in the cluster. */
  readonly stop: () => Promise<void>;
};

const namespace = 'ingress-apisix';

/** One at a time: its controller takes care of all namespaces. */
export async function startGateway(
  client: Client,
  { adminVersion = 'v3', ...settings }: GatewayOptions = {},
): Promise<Gateway> {
  const apisix = await startApisix({ flavour: adminVersion, ...keys });
  await client.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const pod = await startApisixPod(client, { namespace, apisix, ...keys });
  const { adminUrl } = apisix;
  const { adminKey } = keys;
  const controller = await startIngressController(client, {
    namespace,
    adminUrl,
    adminVersion,
    adminKey,
    ...settings,
  });
  const stop = async () => {
    await controller.stop();
    await apisix.close();
    await client.output(['delete', 'namespace', namespace]);
  };
  return { apisix, controller, pod, stop };
}
