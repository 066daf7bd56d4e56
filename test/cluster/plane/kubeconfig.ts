import { writeFileSync } from 'node:fs';
import type { Certificate } from './certificates.ts';

/** A kubeconfig of one context, as JSON (which is YAML); returns its path. */
export function writeKubeconfig(
  path: string,
  server: string,
  ca: string,
  { cert, key }: Certificate,
): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': ca } }],
    users: [{ name: 'test', user: { 'client-certificate': cert, 'client-key': key } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  };
  writeFileSync(path, JSON.stringify(config, undefined, 2));
  return path;
}
