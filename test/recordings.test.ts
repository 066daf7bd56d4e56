import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { caseNames, expectedOf, filesOf } from './helpers/cases.ts';

const here = import.meta.dirname;
const recorded = path.join(here, 'fixtures/ingress-controller');

/** The text of every test but this one. */
const tests = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.tsx?$/.test(file) && file !== path.basename(import.meta.filename))
  .map((file) => readFileSync(path.join(here, file), 'utf8'))
  .join('\n');

describe('what the real ingress controllers wrote is read by a test:', () => {
  const versions = readdirSync(recorded).filter((name) => name.startsWith('v'));
  const files = versions.flatMap((version) => readdirSync(path.join(recorded, version)));

  test.each(files)('%s', (file) => {
    expect(tests).toContain(file);
  });
});

describe('of the recorded clusters', () => {
  const folders = readdirSync(path.join(here, 'fixtures/cases'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  test('every one has its right answers', () => {
    expect([...caseNames].sort()).toEqual(folders.sort());
  });

  test.each(caseNames)('%s is read as a whole', (name) => {
    const folder = path.join(here, 'fixtures/cases', name);
    const read = new Set(['README.md', 'expected.json', ...filesOf(name).map((file) => path.basename(file))]);
    // Those of the control API are read beside the gateway's captures.
    const others = readdirSync(folder).filter((file) => !read.has(file));
    expect(others.filter((file) => !/^control-(?:upstreams|services)\.json$/.test(file))).toEqual([]);
    expect(filesOf(name).filter((file) => !existsSync(file))).toEqual([]);
    expect(expectedOf(name).service).toContain('/');
  });
});
