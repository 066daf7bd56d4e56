import { tlsFile } from './api-server.ts';
import { secrets } from './secrets.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A kubeconfig of one context `test` in namespace `shop`, as JSON, which is YAML too; its user has a token. */
export function kubeconfigText(
  server: string,
  user: Entry = { token: secrets.token },
  cluster: Entry = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'test',
        cluster: {
          server,
          ...(server.startsWith('https:') && { 'certificate-authority': tlsFile('ca.crt') }),
          ...cluster,
        },
      },
    ],
    users: [{ name: 'tester', user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'tester', namespace: 'shop' } }],
    'current-context': 'test',
  });
}
