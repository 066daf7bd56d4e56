import { describe, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { httpServer, sendJson, sendStatus } from '../helpers/api-server.ts';
import { folder, untilEnd } from '../helpers/cluster.ts';
import { fakeIo } from '../helpers/io.ts';
import { secrets } from '../helpers/secrets.ts';

const userinfo = `me:${encodeURIComponent(secrets.urlPassword)}`;
const authorization = `Basic ${Buffer.from(`me:${secrets.urlPassword}`).toString('base64')}`;

/** Runs a command on an API server whose URL holds a password; whatever it puts out is searched for it. */
async function run(argv: readonly string[], { status = 200, scheme = 'http' } = {}) {
  const asked = new Set<string | undefined>();
  const { port } = await untilEnd(
    httpServer((request, response) => {
      asked.add(request.headers.authorization);
      if (status === 200) sendJson(response, { metadata: {}, items: [] });
      else sendStatus(response, status, 'Forbidden', 'not for you');
    }),
  );
  const kubeconfig = folder().write('empty', '{}');
  const server = `${scheme}://${userinfo}@127.0.0.1:${port}`;
  const { io, stdout, stderr } = fakeIo([...argv, '--kubeconfig', kubeconfig, '--server', server]);
  const code = await main(io);
  const told = `${stdout()}${stderr()}`.replaceAll(String(port), 'PORT');
  return { code, told, asked: [...asked] };
}

describe('a password in the URL of the API server is sent, and told by no', () => {
  test.each(['snapshot -A -f -', 'doctor', 'doctor -o json'])('%s', async (command) => {
    const { code, told, asked } = await run(command.split(' '));
    expect(asked).toEqual([authorization]);
    expect(code).toBe(0);
    expect(told).toContain('http://127.0.0.1:PORT');
  });

  test('refusal', async () => {
    expect(await run(['diff', '-A', '-o', 'json'], { status: 403 })).toMatchObject({ code: 2 });
  });

  test('error about the URL itself', async () => {
    const { told } = await run(['diff', '-A'], { scheme: 'ftp' });
    expect(told).toContain('invalid server "ftp://127.0.0.1:PORT": not an http or https URL');
  });
});

test('a password in an --apisix-url that is none is not repeated', async () => {
  const { io, stderr } = fakeIo(['diff', 'web', '--apisix-url', `ftp://${userinfo}@localhost:9180`]);
  expect(await main(io)).toBe(2);
  expect(stderr()).toContain('invalid argument "ftp://localhost:9180" for "--apisix-url" flag');
});

test('a gateway that cannot be read is told by its URL, without the password', async () => {
  const { told } = await run(
    [
      ...['upstream', '--apisix-url', `http://${userinfo}@127.0.0.1:9`],
      ...['--apisix-key-secret', 'gw/keys/admin'],
    ],
    { status: 403 },
  );
  expect(told).toContain('cannot read the upstreams of http://127.0.0.1:9: ');
});
