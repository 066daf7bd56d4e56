import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { saveNew } from '../../source/commands/save-new.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

test('a file that is there is never overwritten: the next one gets a number', async () => {
  const name = path.join(folder.path, 'httpbin.csv');
  expect(await saveNew(name, 'one')).toBe(name);
  expect(path.basename(await saveNew(name, 'two'))).toBe('httpbin-2.csv');
  expect(path.basename(await saveNew(name, 'three'))).toBe('httpbin-3.csv');
  expect(readdirSync(folder.path).sort()).toEqual(['httpbin-2.csv', 'httpbin-3.csv', 'httpbin.csv']);
  expect(readFileSync(name, 'utf8')).toBe('one');
});

test('a folder that is not there is a failure', async () => {
  await expect(saveNew(path.join(folder.path, 'none', 'a.csv'), '')).rejects.toThrow('ENOENT');
});
