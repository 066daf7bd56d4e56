import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { idOfName } from '../source/gateways/apisix/name.ts';
import { httpServer, sendJson } from './helpers/api-server.ts';
import { startApisix } from './helpers/apisix/server.ts';
import { untilEnd } from './helpers/cluster.ts';
import { secrets } from './helpers/secrets.ts';
import { kubeconfigText } from './helpers/kubeconfig.ts';
import { temporaryFolder } from './helpers/temporary.ts';

const cli = fileURLToPath(new URL('../source/cli.ts', import.meta.url));

const folder = temporaryFolder();
afterAll(folder.remove);

/** Runs the program from its source, by `launcher` when there is one. */
function start(argv: readonly string[], launcher: readonly string[] = []) {
  const [command = '', ...words] = [...launcher, process.execPath, cli, ...argv];
  const child = spawn(command, words);
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => {
      resolve(code ?? signal);
    });
  });
  return { child, ended, stderr: text(child.stderr) };
}

/** A server that takes connections and never answers. */
async function silentServer() {
  const server = createServer();
  onTestFinished(() => {
    server.close();
  });
  const isAsked = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, isAsked };
}

const shop = '/api/v1/namespaces/shop';

/** A server that has the Service shop/web, and nothing that belongs to it; its watches stay open. */
async function quietCluster(): Promise<string> {
  const { port } = await untilEnd(
    httpServer(({ url = '' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://test');
      const metadata = { namespace: 'shop', name: 'web', uid: 'web', resourceVersion: '1' };
      if (searchParams.has('watch')) response.writeHead(200).flushHeaders();
      else if (pathname === `${shop}/services/web`)
        sendJson(response, { metadata, spec: { ports: [{ port: 80 }] } });
      else sendJson(response, { metadata: { resourceVersion: '1' }, items: [] });
    }),
  );
  return folder.write('quiet', kubeconfigText(`http://127.0.0.1:${port}`));
}

describe('cli', () => {
  test('--version is answered before anything else is read', async () => {
    const { child, ended, stderr } = start(['--version', '--nope']);
    expect(await text(child.stdout)).toBe('kubectl-eps v0.1.0\n');
    expect([await ended, await stderr]).toEqual([0, '']);
  });

  test('the exit code is that of the command', async () => {
    const { ended, stderr } = start(['diff', '--nope']);
    expect(await stderr).toContain('error: unknown flag: --nope\n');
    expect(await ended).toBe(2);
  });

  test('a reader that has seen enough is no failure', async () => {
    const { child, ended, stderr } = start(['diff', '--help']);
    child.stdout.destroy();
    expect([await ended, await stderr]).toEqual([0, '']);
  });

  test.runIf(process.platform === 'linux')(
    'a full disk is an error (skipped where there is no /dev/full)',
    async () => {
      const { ended, stderr } = start(['diff', '--help'], ['sh', '-c', '"$@" > /dev/full', 'sh']);
      expect(await stderr).toContain('error: cannot write to standard output');
      expect(await ended).toBe(2);
    },
  );

  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends what waits for standard input with %i', async (signal, code) => {
    const { child, ended, stderr } = start(['diff', 'x', '--from', '-']);
    child.stdin.on('error', () => undefined);
    // The pipe drains once the command reads it: from then on it waits for more.
    await new Promise((resolve) => child.stdin.write(' '.repeat(1_000_000), resolve));
    child.kill(signal);
    expect([await ended, await stderr]).toEqual([code, '']);
  });

  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends what waits for a server with %i', async (signal, code) => {
    const { url, isAsked } = await silentServer();
    const { child, ended, stderr } = start([
      'diff',
      'x',
      '--kubeconfig',
      folder.write('kubeconfig', kubeconfigText(url)),
    ]);
    await isAsked;
    child.kill(signal);
    expect([await ended, await stderr]).toEqual([code, '']);
  });

  describe.each([
    ['diff -w', ['diff', 'web', '-w']],
    ['upstream -w', ['upstream', 'svc/web', '-w']],
  ])('%s in a pipe', (_, words) => {
    test.each([
      ['SIGHUP', 129],
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)('ends by %s with %i, and says no word about it', async (signal, code) => {
      const apisix = await startApisix({ flavour: 'v3', adminKey: secrets.adminKey });
      onTestFinished(apisix.close);
      apisix.put('upstreams', idOfName('shop_web_80'), { name: 'shop_web_80', nodes: [] });
      const gateway = [
        '--apisix-url',
        apisix.adminUrl,
        '--apisix-key-file',
        folder.write('key', secrets.adminKey),
      ];
      const { child, ended, stderr } = start([...words, '--kubeconfig', await quietCluster(), ...gateway]);
      // What it prints first: from then on it watches.
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await ended).toBe(code);
      expect(await stderr).toMatch(/^(?:notice: .*\n)*$/);
    });
  });

  test.runIf(process.platform === 'linux')(
    'what cannot be called off is ended by the signal itself, a little later (skipped where there is no mkfifo)',
    async () => {
      const pipe = path.join(folder.path, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const { child, ended, stderr } = start(['diff', 'x', '--from', pipe]);
      const writer = createWriteStream(pipe);
      await once(writer, 'open');
      child.kill('SIGTERM');
      expect([await ended, await stderr]).toEqual(['SIGTERM', '']);
      writer.destroy();
    },
  );
});
