import { afterAll, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { httpServer, sendJson, sendStatus } from '../helpers/api-server.ts';
import { filesOf } from '../helpers/cases.ts';
import { serve, untilEnd } from '../helpers/cluster.ts';
import { fakeIo } from '../helpers/io.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';
import { recordedObjects } from '../helpers/recorded.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** What APISIX answers that has no upstream at all. */
const empty = { total: 0, list: [] };
const [objects = ''] = filesOf('insync-20');
const files = ['--from', objects, '--from', folder.write('empty.json', JSON.stringify(empty))];

/** The API server of the recorded Service, and an empty APISIX that is named beside it. */
async function cluster(): Promise<readonly string[]> {
  const { url } = await serve((request, response) => {
    const [, plural = '', name] = /\/case-insync-20\/(\w+)(?:\/(\w+))?/.exec(request.url ?? '') ?? [];
    const items = recordedObjects('insync-20').filter(
      ({ kind }) => kind.toLowerCase() === plural || `${kind}s`.toLowerCase() === plural,
    );
    if (plural === '') sendStatus(response, 404, 'NotFound', 'not here');
    else sendJson(response, name === undefined ? { metadata: { resourceVersion: '9' }, items } : items[0]);
  });
  const apisix = await untilEnd(
    httpServer((_, response) => {
      sendJson(response, empty);
    }),
  );
  const kubeconfig = folder.write('kubeconfig', kubeconfigText(url));
  const given = ['--kubeconfig', kubeconfig, '-n', 'case-insync-20'];
  return [...given, '--settle', '0', '--apisix-url', `http://127.0.0.1:${apisix.port}`];
}

async function diff(...args: readonly string[]) {
  const { io, stdout } = fakeIo(['diff', ...args, '-o', 'json']);
  const code = await main(io);
  return { code, codes: [...stdout().matchAll(/"code": "(\w+)"/g)].map(([, one]) => one) };
}

const inSync = { code: 0, codes: [] };
const notFound = { code: 1, codes: ['UpstreamNotFound'] };

test('a Service that was named must be behind a gateway that was named', async () => {
  expect(await diff('web', ...files)).toEqual(notFound);
  expect(await diff('web', ...(await cluster()))).toEqual(notFound);
});

test('of all Services some need not be', async () => {
  expect(await diff(...files)).toEqual(inSync);
  const reach = await cluster();
  expect(await diff('-l', 'app=web', ...reach)).toEqual(inSync);
});
