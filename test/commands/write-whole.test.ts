import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { writeWhole } from '../../source/commands/write-whole.ts';
import { folder } from '../helpers/cluster.ts';
import { fakeIo } from '../helpers/io.ts';
import { snapshot } from '../helpers/snapshot.ts';

const at = (name: string) => path.join(folder().path, name);

test('a file is written, and nothing is left beside it', async () => {
  await writeWhole(at('new.json'), 'text', '-f');
  expect(readFileSync(at('new.json'), 'utf8')).toBe('text');
  expect(readdirSync(folder().path)).toEqual(['new.json']);
});

test('a file that was there keeps its mode, and a link to it stays a link', async () => {
  const file = folder().write('old.json', 'a longer text of before');
  chmodSync(file, 0o640);
  symlinkSync(file, at('link.json'));
  await writeWhole(at('link.json'), 'text', '-f');
  expect(readFileSync(file, 'utf8')).toBe('text');
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test.runIf(existsSync('/dev/full'))(
  'a device is written to and stays; what it refuses is an error',
  async () => {
    await writeWhole('/dev/null', 'text', '-f');
    await expect(writeWhole('/dev/full', 'text', '-f')).rejects.toThrow(
      /^cannot write "\/dev\/full": ENOSPC: no space left on device/,
    );
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  },
);

test('snapshot says why it cannot write', async () => {
  const from = folder().write('snapshot.json', JSON.stringify(snapshot()));
  const { io, stderr } = fakeIo(['snapshot', '-A', '--from', from, '-f', at('no/such.json')]);
  expect(await main(io)).toBe(1);
  expect(stderr()).toMatch(
    /^error: cannot write ".*such\.json": ENOENT: no such file or directory.*\nhint: -f FILE\n$/,
  );
});

test.each(['-f', '--profile'] as const)('what cannot be written is told with a hint at %s', async (flag) => {
  await expect(writeWhole(at('no/folder.json'), 'text', flag)).rejects.toMatchObject({
    hint: `${flag} FILE`,
  });
});
