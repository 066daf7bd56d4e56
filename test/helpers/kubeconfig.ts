import { tlsFile } from './api-server.ts';

type Entry = Readonly<Record<string, unknown>>;

/** A kubeconfig of one context `test` in namespace `shop`, as JSON, which is YAML too. */
export function kubeconfigText(server: string, user: Entry = {}, cluster: Entry = {}): string {
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
