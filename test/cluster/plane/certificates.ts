import path from 'node:path';
import { outputOf } from './execute.ts';

/** Paths of PEM files. */
export type Certificate = { readonly cert: string; readonly key: string };

export type CertificateOptions = {
  /** An existing folder: where `NAME.crt` and `NAME.key` go. */
  readonly dir: string;
  readonly name: string;
  /** As openssl takes it: `/O=group/CN=user`. */
  readonly subject: string;
  /** As openssl takes it: `extendedKeyUsage=clientAuth`. */
  readonly extension: string;
  /** One that ended yesterday. */
  readonly expired?: boolean;
};

/** More than any run takes. */
const validDays = '2';

/** openssl keeps -1 for just this use. */
const expiredDays = '-1';

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Where a certificate authority lies in `dir`. */
export function authorityIn(dir: string): Certificate {
  return { cert: path.join(dir, 'ca.crt'), key: path.join(dir, 'ca.key') };
}

/** Makes a certificate authority in `dir`, by openssl 3. */
export async function createAuthority(dir: string): Promise<Certificate> {
  const authority = authorityIn(dir);
  const how = ['-x509', ...newKey, '-days', validDays, '-subj', '/CN=test-ca'];
  await outputOf('openssl', ['req', ...how, '-keyout', authority.key, '-out', authority.cert]);
  return authority;
}

/** A new key and the authority's certificate for it. */
export async function issueCertificate(
  authority: Certificate,
  { dir, name, subject, extension, expired = false }: CertificateOptions,
): Promise<Certificate> {
  const cert = path.join(dir, `${name}.crt`);
  const key = path.join(dir, `${name}.key`);
  const wish = [...newKey, '-subj', subject, '-addext', extension, '-keyout', key];
  const request = await outputOf('openssl', ['req', ...wish]);
  const signer = ['-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial'];
  const how = ['-copy_extensions', 'copyall', '-days', expired ? expiredDays : validDays, '-out', cert];
  await outputOf('openssl', ['x509', '-req', ...signer, ...how], { input: request });
  return { cert, key };
}
