import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { authorityIn, issueCertificate } from './certificates.ts';
import { execute, outputOf, type ExecuteOptions, type Outcome } from './execute.ts';

/** Where a control plane is: plain data, for other processes too. */
export type Address = {
  /** Certificates, logs and data of the control plane; goes away with it. */
  readonly dir: string;
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** The folder of the programs and documents of `build.ts`. */
  readonly programs: string;
};

export type User = {
  readonly name: string;
  readonly groups?: readonly string[];
  /** With a certificate that ended yesterday. */
  readonly expired?: boolean;
};

/** A control plane as its administrator sees it. */
export type Client = Address & {
  /** Path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** For programs that are to find this cluster, and the `kubectl` of the suite. */
  readonly env: NodeJS.ProcessEnv;
  readonly kubectl: (args: readonly string[], options?: Pick<ExecuteOptions, 'input'>) => Promise<Outcome>;
  /** stdout of a kubectl that must succeed. */
  readonly output: (args: readonly string[], options?: Pick<ExecuteOptions, 'input'>) => Promise<string>;
  /** YAML, or objects. */
  readonly apply: (objects: string | readonly object[]) => Promise<void>;
  /** Path of a kubeconfig of its own for a user whom a client certificate names. */
  readonly kubeconfigFor: (user: User) => Promise<string>;
};

const kubeconfigIn = (dir: string): string => path.join(dir, 'kubeconfig');

/** Writes `kubeconfig`, and the certificate it names, into `into`; returns its path. */
export async function writeKubeconfig(
  { dir, server }: Pick<Address, 'dir' | 'server'>,
  into: string,
  { name, groups = [], expired = false }: User,
): Promise<string> {
  const authority = authorityIn(dir);
  const subject = `${groups.map((group) => `/O=${group}`).join('')}/CN=${name}`;
  const extension = 'extendedKeyUsage=clientAuth';
  const { cert, key } = await issueCertificate(authority, {
    dir: into,
    name: 'user',
    subject,
    extension,
    expired,
  });
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': authority.cert } }],
    users: [{ name, user: { 'client-certificate': cert, 'client-key': key } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: name } }],
    'current-context': 'test',
  };
  writeFileSync(kubeconfigIn(into), JSON.stringify(config, undefined, 2));
  return kubeconfigIn(into);
}

/** The client of a control plane that runs, in this process or in another one. */
export function connect(address: Address): Client {
  const { dir, programs } = address;
  const kubeconfig = kubeconfigIn(dir);
  const env = {
    ...process.env,
    KUBECONFIG: kubeconfig,
    KUBECACHEDIR: path.join(dir, 'kubectl-cache'),
    PATH: [programs, process.env['PATH']].join(path.delimiter),
  };
  const kubectl = path.join(programs, 'kubectl');
  const output: Client['output'] = (args, options) => outputOf(kubectl, args, { ...options, env });
  return {
    ...address,
    kubeconfig,
    env,
    kubectl: (args, options) => execute(kubectl, args, { ...options, env }),
    output,
    apply: async (objects) => {
      const list = { apiVersion: 'v1', kind: 'List', items: objects };
      const input = typeof objects === 'string' ? objects : JSON.stringify(list);
      await output(['apply', '-f', '-'], { input });
    },
    kubeconfigFor: (user) => writeKubeconfig(address, mkdtempSync(path.join(dir, 'user-')), user),
  };
}
