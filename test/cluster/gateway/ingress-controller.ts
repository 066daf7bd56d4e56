import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dump } from 'js-yaml';
import type { Client } from '../plane/client.ts';
import { freePort } from '../plane/ports.ts';
import { start, type Running } from '../plane/process.ts';

/** In the words of the controller's own configuration file. */
export type ControllerSettings = {
  readonly kubernetes?: {
    /** Whether it reads EndpointSlices; Endpoints otherwise. */
    readonly watch_endpoint_slices?: boolean;
    /** What the Helm chart writes instead; the controller knows no such key. */
    readonly watch_endpointslices?: boolean;
    /** `apisix-and-all` takes Ingresses of other classes too; `apisix` by default. */
    readonly ingress_class?: string;
  };
  /** It serves what APISIX reads as an etcd of its own, and calls no admin API. */
  readonly etcdserver?: {
    readonly enabled: boolean;
    readonly prefix: string;
    /** `127.0.0.1:PORT` */
    readonly listen_address: string;
  };
  /** Between two repairs of what APISIX has: `1h` by default, `60s` at least. */
  readonly apisix_resource_sync_interval?: string;
};

export type ControllerOptions = {
  /** Where its ConfigMap and its lease are. */
  readonly namespace: string;
  /** `http://127.0.0.1:PORT` */
  readonly adminUrl: string;
  readonly adminVersion: 'v2' | 'v3';
  readonly adminKey: string;
  readonly settings: ControllerSettings;
};

/** Of the ConfigMap, as in the Helm release `apisix`. */
const name = 'apisix-configmap';

async function configFor(
  { kubeconfig }: Client,
  { adminUrl, adminVersion, adminKey, settings }: ControllerOptions,
): Promise<string> {
  return dump({
    log_level: 'info',
    http_listen: `127.0.0.1:${await freePort()}`,
    ...settings,
    kubernetes: { kubeconfig, ingress_class: 'apisix', ...settings.kubernetes },
    apisix: {
      admin_api_version: adminVersion,
      default_cluster_base_url: `${adminUrl}/apisix/admin`,
      default_cluster_admin_key: adminKey,
    },
  });
}

/** The kinds of objects that are the controller's own: ApisixRoute, ApisixUpstream and so on. */
export async function installCrds({ programs, output }: Client): Promise<void> {
  const crds = path.join(programs, 'apisix-crds.yaml');
  await output(['apply', '-f', crds]);
  await output(['wait', '--for=condition=Established', '-f', crds]);
}

/** Starts apisix-ingress-controller 1.8.4 for all namespaces; it leads and has read the cluster when this resolves. */
export async function startIngressController(client: Client, options: ControllerOptions): Promise<Running> {
  const { namespace } = options;
  await installCrds(client);
  const config = await configFor(client, options);
  await client.apply([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { 'config.yaml': config } },
  ]);
  const dir = mkdtempSync(path.join(client.dir, 'ingress-controller-'));
  const file = path.join(dir, 'config.yaml');
  writeFileSync(file, config);
  if (options.settings.etcdserver?.enabled) {
    // It finds the schema by which it checks plugins where its image has it.
    mkdirSync(path.join(dir, 'conf'));
    copyFileSync(path.join(client.programs, 'apisix-schema.json'), path.join(dir, 'conf/apisix-schema.json'));
  }
  return start({
    name: 'apisix-ingress-controller',
    program: path.join(client.programs, 'apisix-ingress-controller'),
    args: ['ingress', '--config-path', file],
    dir,
    env: { ...client.env, POD_NAMESPACE: namespace, POD_NAME: 'apisix-ingress-controller' },
    isReady: (log) => log.includes('now is running as leader') && log.includes('try to run providers'),
  });
}
