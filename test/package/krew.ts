import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { goProgram } from '../../scripts/build/go-program.ts';
import { outputOf } from '../cluster/plane/execute.ts';
import { httpsServer, tlsFile, type RunningServer } from '../helpers/api-server.ts';
import { readRelease } from './release.ts';

const modules = path.join(import.meta.dirname, 'go/krew');

/** krew 0.4.4. */
export const krewProgram = () => goProgram(modules, 'sigs.k8s.io/krew/cmd/krew');

/** What krew-index runs on every manifest. */
export const validator = () => goProgram(modules, 'sigs.k8s.io/krew/cmd/validate-krew-manifest');

/** krew trusts the file server by this. */
export const trust = { SSL_CERT_FILE: tlsFile('ca.crt') };

/** Serves the release as its page does, from loopback. */
export function fileServer(): Promise<RunningServer> {
  return httpsServer((request, response) => {
    response.end(readRelease(path.basename(request.url ?? '')));
  });
}

/** krew's manifest of the release, of `version`, with the archives at the file server. */
export function manifestAt(port: number, version?: string): string {
  const text = readRelease('eps.yaml')
    .toString()
    .replaceAll(/uri: https:\/\/.*\//g, `uri: https://127.0.0.1:${port}/`);
  return version === undefined ? text : text.replace(/version: v.*/, `version: ${version}`);
}

/** A krew index: a git repository in `folder`. */
export async function publish(folder: string, manifest: string): Promise<void> {
  const git = (...args: readonly string[]) => outputOf('git', ['-C', folder, ...args]);
  mkdirSync(path.join(folder, 'plugins'), { recursive: true });
  await git('init', '--quiet', '--initial-branch=main');
  writeFileSync(path.join(folder, 'plugins/eps.yaml'), manifest);
  await git('add', '.');
  await git('-c', 'user.name=test', '-c', 'user.email=test@localhost', 'commit', '--quiet', '-m', 'eps');
}
