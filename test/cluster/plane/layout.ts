import path from 'node:path';
import { createAuthority, issueCertificate, type Certificate } from './certificates.ts';
import { writeKubeconfig, type Address } from './client.ts';
import { outputOf } from './execute.ts';
import { freePort } from './ports.ts';

/** What the parts of one control plane must agree on. */
export type Layout = Address & {
  readonly dualStack: boolean;
  /** Of the administrator, who the parts are too. */
  readonly kubeconfig: string;
  /** Path of the authority's certificate. */
  readonly ca: string;
  /** Of every part that listens. */
  readonly serving: Certificate;
  /** Of the administrator. */
  readonly admin: Certificate;
  /** Path of the private key that signs tokens. */
  readonly serviceAccountKey: string;
  readonly ports: Readonly<Record<'api' | 'etcd' | 'etcdPeer' | 'manager' | 'scheduler' | 'kubelet', number>>;
};

/** 10.96.0.1 is the first address of the Services' range: the one of Service `kubernetes`. */
const servingNames = 'subjectAltName=IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes';

/** Makes the certificates and finds the ports of a control plane in `dir`. */
export async function layOut(
  { dir, programs }: Pick<Address, 'dir' | 'programs'>,
  dualStack: boolean,
): Promise<Layout> {
  const ports = {
    api: await freePort(),
    etcd: await freePort(),
    etcdPeer: await freePort(),
    manager: await freePort(),
    scheduler: await freePort(),
    kubelet: await freePort(),
  };
  const server = `https://127.0.0.1:${ports.api}`;
  const authority = await createAuthority(dir);
  const serviceAccountKey = path.join(dir, 'service-account.key');
  await outputOf('openssl', [
    'ecparam',
    '-name',
    'prime256v1',
    '-genkey',
    '-noout',
    '-out',
    serviceAccountKey,
  ]);
  const names = { subject: '/CN=control-plane', extension: servingNames };
  return {
    dir,
    server,
    programs,
    dualStack,
    kubeconfig: await writeKubeconfig({ dir, server }, dir, { name: 'admin', groups: ['system:masters'] }),
    ca: authority.cert,
    serving: await issueCertificate(authority, { dir, name: 'serving', ...names }),
    admin: { cert: path.join(dir, 'user.crt'), key: path.join(dir, 'user.key') },
    serviceAccountKey,
    ports,
  };
}
