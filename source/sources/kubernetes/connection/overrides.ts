import type { UnknownRecord } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import type { ClusterFlags } from './flags.ts';

/** A kubeconfig's `cluster` with the flags laid over it, as clientcmd merges them. */
export function clusterWith(cluster: UnknownRecord, flags: ClusterFlags): UnknownRecord {
  // A name or a CA that belonged to the server of the file says nothing about the server of the flag.
  const withoutName = flags.server ? without(cluster, ['tls-server-name']) : cluster;
  const ownTrust = flags.insecureSkipTlsVerify === true || Boolean(flags.certificateAuthority);
  const base = ownTrust ? without(withoutName, trustMembers) : withoutName;
  const merged = dataFirst({
    ...base,
    ...given('server', flags.server),
    ...given('certificate-authority', flags.certificateAuthority),
    ...given('insecure-skip-tls-verify', flags.insecureSkipTlsVerify),
    ...given('tls-server-name', flags.tlsServerName),
    ...given('disable-compression', flags.disableCompression),
  });
  const hasAuthority = merged['certificate-authority'] ?? merged['certificate-authority-data'];
  if (merged['insecure-skip-tls-verify'] === true && hasAuthority) {
    throw new EpsError('specifying a root certificates file with the insecure flag is not allowed', {
      hint: 'leave out --insecure-skip-tls-verify or --certificate-authority',
    });
  }
  return merged;
}

const trustMembers = ['certificate-authority', 'certificate-authority-data', 'insecure-skip-tls-verify'];

/** A kubeconfig's `user` with the flags laid over it; a token on the command line switches every other way off. */
export function userWith(user: UnknownRecord, flags: ClusterFlags): UnknownRecord {
  const replaced = [
    ...(flags.token ? ['tokenFile', 'exec', 'auth-provider', 'username', 'password'] : []),
    ...(flags.clientCertificate ? ['client-certificate-data'] : []),
    ...(flags.clientKey ? ['client-key-data'] : []),
  ];
  return dataFirst({
    ...without(user, replaced),
    ...given('token', flags.token),
    ...given('client-certificate', flags.clientCertificate),
    ...given('client-key', flags.clientKey),
    ...given('as', flags.as),
    ...given('as-uid', flags.asUid),
    ...(flags.asGroup?.length && { 'as-groups': flags.asGroup }),
    ...(flags.asUserExtra?.length && { 'as-user-extra': parseExtra(flags.asUserExtra) }),
  });
}

/** `key=value` pairs, repeatable for one key, in the shape a kubeconfig has: a list of values a key. */
function parseExtra(pairs: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const extra: Record<string, readonly string[]> = {};
  for (const pair of pairs) {
    const [key = '', ...value] = pair.split('=');
    extra[key] = [...(extra[key] ?? []), value.join('=')];
  }
  return extra;
}

/** Of a file and the same thing inline, kubectl takes what is inline. */
function dataFirst(entry: UnknownRecord): UnknownRecord {
  const doubled = Object.keys(entry).filter((member) => Boolean(entry[`${member}-data`]));
  return without(entry, doubled);
}

/** In clientcmd's merge a flag that is empty or false says nothing, as one that is left out. */
function given(member: string, value: string | boolean | undefined): UnknownRecord {
  return value ? { [member]: value } : {};
}

function without(entry: UnknownRecord, members: readonly string[]): UnknownRecord {
  return Object.fromEntries(Object.entries(entry).filter(([member]) => !members.includes(member)));
}
