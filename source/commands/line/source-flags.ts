import { withoutUserinfo } from '../../core/userinfo.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { ClusterFlags, ReadFrom } from './options.ts';

/** A flag and its value; without one for a flag that needs none. */
type Said = readonly [name: string, value: string | undefined];

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function ofCluster({ kubeconfig, context, cluster, user, server, as }: ClusterFlags): readonly Said[] {
  const all = Object.entries({ kubeconfig, context, cluster, user, server: withoutUserinfo(server), as });
  return all.filter(([, value]) => value !== '');
}

function ofGateway({ url, pod, keyFile, keySecret, via }: GatewayOptions): readonly Said[] {
  const secret = keySecret && [keySecret.namespace, keySecret.name, keySecret.key].join('/');
  const podName = pod === 'any' ? undefined : pod && [pod.namespace ?? [], pod.name].flat().join('/');
  return [
    ...(url === undefined ? [] : [['apisix-url', withoutUserinfo(url)] as const]),
    ...(pod === undefined ? [] : [['apisix-pod', podName] as const]),
    ...(keyFile === undefined ? [] : [['apisix-key-file', keyFile] as const]),
    ...(secret === undefined ? [] : [['apisix-key-secret', secret] as const]),
    ...(via === undefined ? [] : [['apisix-via', via] as const]),
  ];
}

/** For hints, what leads to the same place once more, but for the namespace; a token or a password is left out. */
export function sourceFlags(from: ReadFrom): string {
  const said: readonly Said[] =
    from.kind === 'Files'
      ? from.paths.map((path) => ['from', path])
      : [...ofCluster(from.flags), ...ofGateway(from.gateway)];
  return said
    .map(([name, value]) => (value === undefined ? ` --${name}` : ` --${name}=${quoted(value)}`))
    .join('');
}

/** ` -n shop`; nothing where no namespace was said. */
export function namespaceFlag(namespace: string): string {
  return namespace === '' ? '' : ` -n ${quoted(namespace)}`;
}
