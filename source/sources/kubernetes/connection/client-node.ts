import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { asArray, asRecord, optional } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import type { ClusterConfig } from './cluster-config.ts';
import { credentialError } from './credential-error.ts';
import { tokenOf, trusted } from './direct.ts';

/** client-node knows credential plugins, auth providers and proxies; `proxy` is that of the environment. */
export async function clientNodeOptions(
  config: ClusterConfig,
  proxy: string | undefined,
): Promise<RequestOptions> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(JSON.stringify(kubeconfigOf(config, proxy)));
  // Said outright: else the variable NODE_TLS_REJECT_UNAUTHORIZED could switch it off.
  const options: RequestOptions = { rejectUnauthorized: true, ...(await trusted(config)) };
  try {
    await kubeConfig.applyToHTTPSOptions(options);
  } catch (cause) {
    throw credentialError(cause, asRecord(config.user['exec']));
  }
  return options;
}

/** The configuration as client-node reads it, its gaps filled in. */
function kubeconfigOf({ cluster, user, server }: ClusterConfig, proxy: string | undefined): unknown {
  const name = 'eps';
  return {
    clusters: [
      {
        name,
        cluster: {
          ...optional('proxy-url', proxy),
          ...cluster,
          server: server.href,
          // client-node refuses http:// otherwise; there is no TLS to verify on it.
          ...(server.protocol === 'http:' && { 'insecure-skip-tls-verify': true }),
        },
      },
    ],
    users: [
      {
        name,
        user: {
          ...user,
          ...optional('token', tokenOf(user)),
          ...(user['exec'] !== undefined && { exec: pluginOf(asRecord(user['exec']), cluster, server) }),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
}

/** Credential plugins are told what is wanted of them (KEP 541), which client-node leaves out. */
function pluginOf(exec: UnknownRecord, cluster: UnknownRecord, server: URL): UnknownRecord {
  const info = {
    apiVersion: exec['apiVersion'],
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(exec['provideClusterInfo'] === true && { cluster: { ...cluster, server: server.href } }),
    },
  };
  return {
    ...exec,
    env: [...asArray(exec['env']), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }],
  };
}
