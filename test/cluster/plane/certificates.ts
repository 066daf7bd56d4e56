import { mkdirSync, writeFileSync } from 'node:fs';
import { runToEnd } from './programs.ts';

export type Certificate = { readonly cert: string; readonly key: string };

export type Authority = {
  /** The path of the authority's own certificate. */
  readonly ca: string;
  /** A key pair without a certificate, for service account tokens. */
  readonly serviceAccountKey: string;
  readonly server: (name: string, alternativeNames: string) => Certificate;
  /** `groups` become organisations; `expired` gives one that ended yesterday. */
  readonly client: (
    name: string,
    groups: readonly string[],
    options?: { readonly expired?: boolean },
  ) => Certificate;
};

const caConfig = (dir: string) => `
[ca]
default_ca = test
[test]
dir = ${dir}
database = ${dir}/index.txt
new_certs_dir = ${dir}
rand_serial = yes
default_md = sha256
policy = anything
[anything]
commonName = supplied
organizationName = optional
`;

/** Days from now as `YYMMDDHHMMSSZ`, which is what openssl 3.0 takes. */
function asn1Time(days: number): string {
  const date = new Date(Date.now() + days * 24 * 3600 * 1000);
  return `${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`;
}

/** A certificate authority of its own in `dir`, by openssl. */
export function createAuthority(dir: string): Authority {
  mkdirSync(dir, { recursive: true });
  const openssl = (...args: readonly string[]) => {
    runToEnd('openssl', args, dir);
  };
  writeFileSync(`${dir}/index.txt`, '');
  writeFileSync(`${dir}/ca.conf`, caConfig(dir));
  const rsa = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...rsa,
    '-days',
    '2',
    '-subj',
    '/CN=test-ca',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  );
  openssl('genrsa', '-out', 'sa.key', '2048');

  const sign = (
    name: string,
    subject: string,
    extension: string,
    days: readonly [number, number],
  ): Certificate => {
    const file = name.replaceAll(/[^a-z0-9-]/gi, '-');
    writeFileSync(`${dir}/${file}.ext`, extension);
    openssl('req', ...rsa, '-subj', subject, '-keyout', `${file}.key`, '-out', `${file}.csr`);
    const [from, to] = days.map(asn1Time);
    openssl(
      'ca',
      '-batch',
      '-config',
      'ca.conf',
      '-cert',
      'ca.crt',
      '-keyfile',
      'ca.key',
      '-in',
      `${file}.csr`,
      '-out',
      `${file}.crt`,
      '-extfile',
      `${file}.ext`,
      '-startdate',
      from ?? '',
      '-enddate',
      to ?? '',
      '-notext',
    );
    return { cert: `${dir}/${file}.crt`, key: `${dir}/${file}.key` };
  };
  return {
    ca: `${dir}/ca.crt`,
    serviceAccountKey: `${dir}/sa.key`,
    server: (name, names) => sign(name, `/CN=${name}`, `subjectAltName=${names}`, [-1, 2]),
    client: (name, groups, { expired = false } = {}) => {
      const subject = `${groups.map((group) => `/O=${group}`).join('')}/CN=${name}`;
      const file = expired ? `${name}-expired` : name;
      return sign(file, subject, 'extendedKeyUsage=clientAuth', expired ? [-3, -1] : [-1, 2]);
    },
  };
}
