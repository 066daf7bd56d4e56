import { expect, test } from 'vitest';
import { parse } from '../../../source/commands/line/parse.ts';
import { namespaceFlag, sourceFlags } from '../../../source/commands/line/source-flags.ts';
import { secrets } from '../../helpers/secrets.ts';

async function fromOf(argv: readonly string[]) {
  const invocation = await parse(['list', ...argv]);
  if (invocation.command !== 'list') throw new Error('not a list');
  return invocation.options.from;
}

const kept = [
  ['--from=web.json', '--from=gateway/web.json'],
  ['--kubeconfig=/home/me/config', '--context=edge', '--cluster=east', '--user=jane', '--as=joe'],
  ['--server=https://east:6443', '--apisix-url=http://127.0.0.1:9180', '--apisix-key-file=key'],
  ['--apisix-pod=gw/apisix-0', '--apisix-key-secret=gw/keys/admin', '--apisix-via=exec'],
  ['--apisix-pod=apisix-0'],
  ['--apisix-pod'],
  [],
];

test.each(kept.map((flags) => [flags] as const))('%j leads to the same place once more', async (flags) => {
  expect(sourceFlags(await fromOf(flags))).toBe(flags.map((flag) => ` ${flag}`).join(''));
});

test('what a shell would take apart is quoted', async () => {
  expect(sourceFlags(await fromOf(['--from', "my file's.json"]))).toBe(` --from='my file'\\''s.json'`);
  expect(namespaceFlag('shop; ls')).toBe(" -n 'shop; ls'");
  expect(namespaceFlag('shop') + namespaceFlag('')).toBe(' -n shop');
});

test('a token is left out, and so is a password in a URL', async () => {
  const userinfo = `me:${encodeURIComponent(secrets.urlPassword)}`;
  const given = ['--token', secrets.token, '--server', `https://${userinfo}@east`];
  const from = await fromOf([...given, '--apisix-url', `http://${userinfo}@127.0.0.1`]);
  expect(sourceFlags(from)).toBe(' --server=https://east --apisix-url=http://127.0.0.1');
});
