import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8');
const diffs = [...text.matchAll(/```diff\n([\s\S]*?)```/g)].map(([, diff = '']) => diff);

test('the examples of CONTRIBUTING.md apply to the tree as it is, together', () => {
  expect(text.match(/^### A (finding|column|key|gateway|flag)$/gm)).toHaveLength(5);
  const check = () =>
    execFileSync('git', ['apply', '--check'], { cwd: fileURLToPath(root), input: diffs.join('') });
  expect(check).not.toThrow();
});

test('and none of them is longer than a screen', () => {
  expect(diffs.length).toBeGreaterThanOrEqual(5);
  expect(diffs.map((diff) => diff.split('\n').length).filter((lines) => lines > 40)).toEqual([]);
});
