import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsDocument, findingsTable } from './helpers/findings-markdown.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README has the table of findings that the code has (vitest -u writes it)', async () => {
  const table = /\| Finding \|.*\n(?:\|.*\n)+/;
  expect(readme).toMatch(table);
  await expect(readme.replace(table, () => findingsTable())).toMatchFileSnapshot('../README.md');
});

test('docs/findings.md has the pages that the code has (vitest -u writes it)', async () => {
  await expect(findingsDocument()).toMatchFileSnapshot('../docs/findings.md');
});
