import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeCommand } from '../../source/commands/command.ts';
import { main } from '../../source/commands/main.ts';
import { spansOn } from '../../source/core/spans.ts';
import { sendJson } from '../helpers/api-server.ts';
import { folder, serve } from '../helpers/cluster.ts';
import { fakeIo } from '../helpers/io.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';

const service = {
  metadata: { namespace: 'shop', name: 'web', uid: 'web', resourceVersion: '1' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
};

type Trace = { readonly traceEvents: readonly { readonly name: string; readonly ph: string }[] };

test('--profile writes what was done when, as a Chrome trace', async () => {
  const { url } = await serve(({ url: path = '' }, response) => {
    sendJson(response, path.endsWith('/services/web') ? service : { items: [] });
  });
  const kubeconfig = folder().write('config', kubeconfigText(url));
  const file = `${folder().path}/trace.json`;
  const words = ['diff', 'web', '-n', 'shop', '--settle=0', '-o=json'];
  const { io, stdout } = fakeIo([...words, `--kubeconfig=${kubeconfig}`, `--profile=${file}`]);
  await main(io);
  expect(stdout()).toContain('"kind": "ServiceReport"');
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as Trace;
  const named = (ph: string) => traceEvents.filter((event) => event.ph === ph).map(({ name }) => name);
  for (const name of ['connect', 'list /api/v1/namespaces/shop/pods', 'join', 'judge', 'draw']) {
    expect(named('b')).toContain(name);
  }
  expect(named('e')).toEqual(named('b'));
});

test('neither the help nor a completion tells of it', async () => {
  for (const words of [
    ['diff', '--help'],
    [completeCommand, 'diff', '--p'],
  ]) {
    const { io, stdout } = fakeIo(words);
    await main(io);
    expect(stdout()).not.toContain('profile');
  }
});

test('what takes time is noted from its beginning to its end, also where it fails', async () => {
  let clock = 0;
  const { span, record } = spansOn(() => clock);
  span('before', () => 1);
  const recorded = record();
  const slow = span('slow', async () => {
    await Promise.resolve();
    clock = 5;
    throw new Error('away');
  });
  expect(span('quick', () => 2)).toBe(2);
  await expect(slow).rejects.toThrow('away');
  expect(recorded).toEqual([
    { name: 'quick', start: 0, end: 0 },
    { name: 'slow', start: 0, end: 5 },
  ]);
});
