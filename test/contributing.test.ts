import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8');
const diffs = [...text.matchAll(/```diff\n([\s\S]*?)```/g)].map(([, diff = '']) => diff);

/** The files of a diff: `a/` and the path or `/dev/null`, and what each piece wants to find there. */
const files = diffs.flatMap((diff) =>
  diff.split(/^--- (?=a\/|\/dev\/null)/m).flatMap((change) => {
    const [head = '', ...hunks] = change.split(/^@@ .*\n/m);
    const [from = '', to = ''] = head.split('\n');
    const wanted = hunks.map((hunk) =>
      hunk
        .split('\n')
        .filter((line) => !line.startsWith('+'))
        .map((line) => line.slice(1))
        .join('\n'),
    );
    return from === '' ? [] : [{ from, path: to.replace('+++ b/', ''), wanted }];
  }),
);

test('every kind of change has its example', () => {
  expect(text.match(/^### A (finding|column|key|gateway|flag)$/gm)).toHaveLength(5);
  expect(files.length).toBeGreaterThan(diffs.length);
});

test.each(files)(
  'the example of CONTRIBUTING.md for $path applies to the tree as it is',
  ({ from, path, wanted }) => {
    const file = new URL(path, root);
    expect(existsSync(file)).toBe(from !== '/dev/null');
    const content = from === '/dev/null' ? '' : readFileSync(file, 'utf8');
    for (const piece of wanted) expect(content).toContain(piece);
  },
);

test('no example is longer than a screen', () => {
  expect(diffs.map((diff) => diff.split('\n').length).filter((lines) => lines > 40)).toEqual([]);
});
