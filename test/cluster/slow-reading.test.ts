import type { ServerResponse } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { httpServer, sendJson, sendStatus } from '../helpers/api-server.ts';
import { untilEnd } from '../helpers/cluster.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { normal, runOn } from './run-on.ts';
import { openTerminal } from './tmux.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const services = '/api/v1/namespaces/shop/services';
const metadata = { namespace: 'shop', name: 'web', uid: 'web', resourceVersion: '1' };
const web = { metadata, spec: { ports: [{ port: 80 }] } };

/** The screen of a reading that goes on until `answer` says how the API server answers for the Services. */
async function open(command: string) {
  let answer: (how: (response: ServerResponse) => void) => void = () => undefined;
  const isAnswered = new Promise<(response: ServerResponse) => void>((resolve) => {
    answer = resolve;
  });
  const { port } = await untilEnd(
    httpServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://server');
      if (searchParams.has('watch')) response.writeHead(200).flushHeaders();
      else if (!pathname.startsWith(services)) sendJson(response, { metadata, items: [] });
      else
        void isAnswered.then((how) => {
          how(response);
        });
    }),
  );
  const kubeconfig = folder.write('kubeconfig', kubeconfigText(`http://127.0.0.1:${port}`));
  const terminal = await openTerminal({ columns: 80, rows: 24 });
  const run = await runOn(terminal, `${command} --kubeconfig ${kubeconfig}`);
  await terminal.until('so far');
  expect(await terminal.modes()).toEqual({ ...normal, alternateScreen: true, cursor: false });
  return { terminal, answer, ...run };
}

test('the screen opens while the first reading goes on, says how far it is, and shows what was read', async () => {
  const { terminal, answer, left } = await open('kubectl eps diff web');
  const screen = await terminal.until('reading, 1 s');
  expect(screen).toMatch(/^shop\/web +reading, 1 s {3}kubectl eps$/m);
  expect(screen).toMatch(/^ {2}services +0 \.\.\.$/m);
  expect(screen.trimEnd()).toMatch(/\nreading {3}q quit$/);
  answer((response) => {
    sendJson(response, web);
  });
  await terminal.until('? keys');
  expect(await terminal.screen()).not.toContain('so far');
  await terminal.press('q');
  expect(await left()).toContain('shop/web: ');
});

test.each([
  ['q', 3],
  ['C-c', 130],
] as const)('%s leaves it meanwhile, with %i and nothing behind', async (key, code) => {
  const { terminal, left } = await open('kubectl eps diff web');
  await terminal.press(key);
  const text = await left();
  expect(text).toContain(`\ncode=${code}\n`);
  expect(text).not.toMatch(/error|hint|shop\/web|reading/);
});

test('SIGTERM ends it meanwhile with 143', async () => {
  const { pid, left } = await open('kubectl eps diff web');
  process.kill(pid(), 'SIGTERM');
  expect(await left()).toContain('\ncode=143\n');
});

test('a reading that fails leaves its error on the normal screen, with the code of errors', async () => {
  const { answer, left } = await open('kubectl eps diff web');
  answer((response) => {
    sendStatus(response, 403, 'Forbidden', 'services "web" is forbidden');
  });
  const text = await left();
  expect(text).toMatch(/^Error from server \(Forbidden\): services "web" is forbidden$/m);
  expect(text).toContain('\ncode=2\n');
});

test('a list of nothing says so on the normal screen', async () => {
  const { answer, left } = await open('kubectl eps list');
  answer((response) => {
    sendJson(response, { metadata: { resourceVersion: '1' }, items: [] });
  });
  const text = await left();
  expect(text).toContain('No resources found in shop namespace.\n');
  expect(text).toContain('\ncode=0\n');
});
