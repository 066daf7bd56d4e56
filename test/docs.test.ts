import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingsDocument } from './helpers/findings-markdown.ts';
import { readmeTables } from './helpers/readme-tables.ts';

/** The text with the table that stands after these words, two lines on, written anew. */
function withTable(text: string, [after, table]: (typeof readmeTables)[number]): string {
  const [before = '', rest, ...more] = text.split(`${after}\n\n|`);
  expect([after, more.length, rest === undefined]).toEqual([after, 0, false]);
  return `${before}${after}\n\n${table}${(rest ?? '').replace(/^.*\n(?:\|.*\n)*/, '')}`;
}

test('the README has the findings, keys and flags that the code has (vitest -u writes them)', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  await expect(readmeTables.reduce(withTable, readme)).toMatchFileSnapshot('../README.md');
});

test('docs/findings.md has the pages that the code has (vitest -u writes it)', async () => {
  await expect(findingsDocument()).toMatchFileSnapshot('../docs/findings.md');
});
