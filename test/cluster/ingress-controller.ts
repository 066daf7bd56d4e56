import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from './plane/client.ts';
import { isHealthy } from './plane/health.ts';
import { freePort } from './plane/ports.ts';
import { start, type Running } from './plane/process.ts';

export type IngressControllerOptions = {
  /** Of an APISIX with the v3 admin API: `http://127.0.0.1:PORT`. */
  readonly adminUrl: string;
  readonly adminKey: string;
  /** Merged into its `kubernetes` settings; it reads the first key, the Helm chart writes the second. */
  readonly config?: { readonly watch_endpoint_slices?: boolean; readonly watch_endpointslices?: boolean };
  /** Where it believes to run and keeps its lease; it serves all namespaces. */
  readonly namespace?: string;
};

/** Applies the CustomResourceDefinitions of apisix-ingress-controller and starts it, as its only replica. */
export async function startIngressController(
  { dir, programs, kubeconfig, env, output }: Client,
  { adminUrl, adminKey, config = {}, namespace = 'default' }: IngressControllerOptions,
): Promise<Running> {
  const crds = path.join(programs, 'apisix-crds.yaml');
  await output(['apply', '-f', crds]);
  await output(['wait', '--for=condition=Established', '-f', crds]);

  // A lease of its own: the one of a controller that ran before need not run out first.
  const name = `apisix-ingress-controller-${randomBytes(4).toString('hex')}`;
  const listen = `127.0.0.1:${await freePort()}`;
  const settings = {
    log_level: 'info',
    http_listen: listen,
    https_listen: `127.0.0.1:${await freePort()}`,
    kubernetes: { kubeconfig, election_id: name, ...config },
    apisix: {
      admin_api_version: 'v3',
      default_cluster_base_url: `${adminUrl}/apisix/admin`,
      default_cluster_admin_key: adminKey,
    },
  };
  const file = path.join(dir, `${name}.json`);
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
  return start({
    name,
    program: path.join(programs, 'apisix-ingress-controller'),
    args: ['ingress', '--config-path', file],
    dir,
    env: { ...env, POD_NAME: name, POD_NAMESPACE: namespace },
    isReady: () => isHealthy(`http://${listen}/healthz`),
  });
}
