import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { outputOf } from '../cluster/plane/execute.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { readRelease } from './release.ts';

const root = path.join(import.meta.dirname, '../..');
const copy = temporaryFolder();
afterAll(copy.remove);

test('packaged in another folder, on another day, the release has the same bytes', async () => {
  const listed = await outputOf('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const file of listed.split('\0').filter(Boolean))
    cpSync(path.join(root, file), path.join(copy.path, file));
  await outputOf('cp', ['-a', path.join(root, 'node_modules'), copy.path]);
  const epoch = (await outputOf('git', ['log', '-1', '--format=%ct'], { cwd: root })).trim();
  await outputOf('npm', ['run', 'package'], {
    cwd: copy.path,
    env: { ...process.env, SOURCE_DATE_EPOCH: process.env['SOURCE_DATE_EPOCH'] ?? epoch, TZ: 'Asia/Tokyo' },
  });
  const sums = readFileSync(path.join(copy.path, 'dist/release/checksums.txt'), 'utf8');
  expect(sums).toBe(readRelease('checksums.txt').toString());
});
