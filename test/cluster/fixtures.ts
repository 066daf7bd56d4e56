import { randomBytes } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import { connect, type Client } from './plane/client.ts';

/** The control plane that the tests share. */
export function sharedPlane(): Client {
  return connect(inject('plane'));
}

/** A namespace of the test's own, ready for pods; its deletion begins when the test is finished. */
export async function namespace({ output }: Client): Promise<string> {
  const name = `test-${randomBytes(4).toString('hex')}`;
  await output(['create', 'namespace', name]);
  onTestFinished(async () => {
    await output(['delete', 'namespace', name, '--wait=false']);
  });
  await output(['wait', '--for=create', 'serviceaccount/default', `--namespace=${name}`]);
  return name;
}
