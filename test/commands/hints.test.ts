import { expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import type { Snapshot } from '../../source/core/snapshot.ts';
import { folder } from '../helpers/cluster.ts';
import { fakeIo } from '../helpers/io.ts';
import { read, service, snapshot, upstream } from '../helpers/snapshot.ts';

const twice = read([service({ namespace: 'shop' }), service({ namespace: 'depot' })]);
const fileOf = (layers: Partial<Snapshot>) => folder().write('web.json', JSON.stringify(snapshot(layers)));

async function hintOf(argv: readonly string[]): Promise<string> {
  const { io, stderr } = fakeIo(argv);
  await main(io);
  return /^hint: (.*)$/m.exec(stderr())?.[1] ?? '';
}

test('who asks files for an upstream that they do not hold is told how to see those that they do', async () => {
  const web = fileOf({ upstreams: read([upstream([])]) });
  const hint = await hintOf(['upstream', 'nosuch', '-n', 'shop', '--from', web]);
  expect(hint).toBe(`kubectl eps upstream -n shop --from=${web}`);
  const { io } = fakeIo(hint.split(' ').slice(2));
  expect(await main(io)).toBe(0);
});

test('who asks files without an answer of APISIX is told how to get one', async () => {
  expect(await hintOf(['upstream', '--from', fileOf({})])).toMatch(
    /^curl .*\/apisix\/admin\/upstreams > FILE$/,
  );
});

test('who names a Service that is there twice is told how to name one of them', async () => {
  const two = fileOf({ services: twice });
  expect(await hintOf(['diff', 'web', '--from', two])).toBe(`kubectl eps diff web -n depot --from=${two}`);
});
