import { randomBytes } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { connect, type Client } from './plane/client.ts';
import { expectSameByBothReaders } from './readers.ts';

/** The control plane that the tests share. */
export function sharedPlane(): Client {
  return connect(inject('plane'));
}

/**
 * A namespace of the test's own, ready for pods. When the test is finished, whatever it has made must be the same by
 * both readers, and the deletion begins.
 */
export async function namespace({ kubeconfig, output }: Client): Promise<string> {
  const name = `test-${randomBytes(4).toString('hex')}`;
  await output(['create', 'namespace', name]);
  onTestFinished(async () => {
    try {
      await expectSameByBothReaders(kubeconfig, name);
    } finally {
      await output(['delete', 'namespace', name, '--wait=false']);
    }
  });
  await output(['wait', '--for=create', 'serviceaccount/default', `--namespace=${name}`]);
  return name;
}
