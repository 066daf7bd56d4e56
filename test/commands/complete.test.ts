import { describe, expect, test } from 'vitest';
import type { Io } from '../../source/commands/command.ts';
import { main } from '../../source/commands/main.ts';
import { flagName } from '../../source/commands/line/flag.ts';
import { commandFlags } from '../../source/commands/line/flags.ts';
import { pages } from '../../source/commands/line/pages.ts';
import { httpServer, sendJson, sendStatus } from '../helpers/api-server.ts';
import { folder, serve, untilEnd } from '../helpers/cluster.ts';
import { fakeIo } from '../helpers/io.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';

/** What is offered after `kubectl eps`, as words, and the directive; the cluster has all the time it needs. */
async function offered(...typed: readonly string[]) {
  return offeredWith({ wait: () => new Promise(() => undefined) }, typed);
}

async function offeredWith({ wait }: Pick<Io, 'wait'>, typed: readonly string[]) {
  const fake = fakeIo(['__complete', ...typed]);
  const code = await main({ ...fake.io, wait });
  expect({ code, stderr: fake.stderr() }).toEqual({ code: 0, stderr: '' });
  const lines = fake.stdout().trimEnd().split('\n');
  return { words: lines.slice(0, -1).map((line) => line.replace(/\t.*$/, '')), directive: lines.at(-1) };
}

const only = (...words: readonly string[]) => ({ words, directive: ':4' });
const files = { words: [], directive: ':0' };

describe('what the program itself knows', () => {
  test('the first word is a command', async () => {
    expect(await offered('')).toEqual(only(...Object.keys(pages)));
    expect(await offered('de')).toEqual(only('demo'));
    expect(await offered('help', 'ups')).toEqual(only('upstream'));
  });

  test('each word comes with what it is', async () => {
    const fake = fakeIo(['__complete', 'demo']);
    await main(fake.io);
    expect(fake.stdout()).toBe('demo\tRun diff on a recording that ships with the program\n:4\n');
  });

  test('a dash asks for the flags of the command', async () => {
    const names = Object.keys(commandFlags.demo).map((key) => `--${flagName(key)}`);
    expect(await offered('demo', '-')).toEqual(only(...names));
    expect(await offered('diff', '--apisix-p')).toEqual(only('--apisix-pod'));
    expect(await offered('diff', '--from', 'a.json', '--fro')).toEqual(only('--from'));
  });

  test.each([
    [
      ['list', '-A', '-o', ''],
      ['json', 'yaml', 'wide', 'name'],
    ],
    [
      ['diff', '-o', ''],
      ['json', 'yaml', 'wide'],
    ],
    [
      ['version', '--output', ''],
      ['json', 'yaml'],
    ],
    [['diff', '--output=y'], ['yaml']],
    [
      ['diff', 'httpbin', '--apisix-via', ''],
      ['port-forward', 'exec'],
    ],
    [
      ['diff', 'httpbin', '--color', 'a'],
      ['auto', 'always'],
    ],
    [['completion', 'z'], ['zsh']],
    [['explain', 'EndpointsTr'], ['EndpointsTruncated']],
  ])('after %j there are certain values', async (typed, words) => {
    expect(await offered(...typed)).toEqual(only(...words));
  });

  test.each([
    [['diff', '--from', '']],
    [['snapshot', 'x', '-f', 'd']],
    [['--kubeconfig', '']],
    [['diff', '--apisix-key-file=/tmp/k']],
  ])('after %j comes a file', async (typed) => {
    expect(await offered(...typed)).toEqual(files);
  });

  test.each([
    [['nonsense', '']],
    [['list', '']],
    [['demo', '']],
    [['demo', '--token', '']],
    [['diff', '--nope', '--nop=']],
  ])('after %j nothing can be offered', async (typed) => {
    expect(await offered(...typed)).toEqual(only());
  });
});

describe('what the kubeconfig and the cluster know', () => {
  const named = (...names: readonly string[]) => ({ items: names.map((name) => ({ metadata: { name } })) });

  test('contexts, clusters and users are in the kubeconfig', async () => {
    const file = folder().write('nowhere', kubeconfigText('https://127.0.0.1:1'));
    expect(await offered('--kubeconfig', file, '--context', '')).toEqual(only('test'));
    expect(await offered('diff', '--kubeconfig', file, '--cluster', '')).toEqual(only('test'));
    expect(await offered('diff', '--kubeconfig', file, '--user=t')).toEqual(only('tester'));
  });

  test('namespaces and Services are asked for, in the namespace of the line', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/api/v1/namespaces') sendJson(response, named('default', 'shop'));
      else if (request.url === '/api/v1/namespaces/bar/services')
        sendJson(response, named('web', 'api\u001b['));
      else if (request.url === '/api/v1/namespaces/shop/services')
        sendJson(response, named('cart', 'cash', 'web'));
      else sendStatus(response, 404, 'NotFound', 'not here');
    });
    const file = folder().write('served', kubeconfigText(url));
    expect(await offered('diff', '--kubeconfig', file, '-n', 's')).toEqual(only('shop'));
    expect(await offered('diff', '--kubeconfig', file, 'ca')).toEqual(only('cart', 'cash'));
    expect(await offered('snapshot', '--kubeconfig', file, 'cart', '')).toEqual(only('cash', 'web'));
    expect(await offered('diff', '--kubeconfig', file, 'svc/w')).toEqual(only('svc/web'));
    // A name that could drive the terminal is none.
    expect(await offered('diff', '--kubeconfig', file, '-nbar', '')).toEqual(only('web'));
  });

  test('upstreams are asked of the gateway, and Services go with them', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/api/v1/namespaces/shop/services') sendJson(response, named('cart'));
      else sendStatus(response, 404, 'NotFound', 'not here');
    });
    const apisix = await untilEnd(
      httpServer((_, response) => {
        const value = { id: 'f00', name: 'shop_cart_80', nodes: [] };
        sendJson(response, { total: 1, list: [{ key: '/apisix/upstreams/f00', value }] });
      }),
    );
    const file = folder().write('both', kubeconfigText(url));
    const flags = ['--kubeconfig', file, '--apisix-url', `http://127.0.0.1:${apisix.port}`];
    expect(await offered('upstream', ...flags, '')).toEqual(only('f00', 'cart'));
    expect(await offered('upstream', ...flags, 'service/')).toEqual(only('service/cart'));
  });

  test('a cluster that does not answer in time completes nothing', async () => {
    const { url } = await serve(() => undefined);
    const file = folder().write('silent', kubeconfigText(url));
    const waited: number[] = [];
    const wait = (ms: number) => {
      waited.push(ms);
      return Promise.resolve();
    };
    expect(await offeredWith({ wait }, ['diff', '--kubeconfig', file, ''])).toEqual(only());
    expect(waited).toEqual([300]);
  });

  test('a cluster that is not there completes nothing', async () => {
    const file = folder().write('gone', kubeconfigText('https://127.0.0.1:1'));
    expect(await offered('diff', '--kubeconfig', file, '')).toEqual(only());
  });
});
