import { mkdirSync } from 'node:fs';
import { load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { flagName } from '../../source/commands/line/flag.ts';
import { commandFlags, hiddenFlags, ownFlags } from '../../source/commands/line/flags.ts';
import { pages } from '../../source/commands/line/pages.ts';
import { manPage } from '../../scripts/package/man-page.ts';
import { manifest } from '../../scripts/package/manifest.ts';
import { publishedPackage } from '../../scripts/package/npm-package.ts';
import { checkIntegrity } from '../../scripts/package/runtime.ts';
import { onlyBundled } from '../../scripts/package/sbom.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('the man page', () => {
  const page = manPage('0.1.0', '2026-01-02');
  const plain = page.replaceAll('\\-', '-');

  test('has every command and every flag of the help', () => {
    for (const command of Object.keys(pages)) expect(plain).toContain(`.SS kubectl eps ${command}`);
    const names = Object.values(commandFlags).flatMap((flags) => Object.keys(flags));
    for (const name of names.filter((key) => key !== 'help' && !(key in hiddenFlags)))
      expect(plain).toContain(`--${flagName(name)}=`);
    expect(Object.keys(ownFlags.diff).length).toBeGreaterThan(5);
  });

  test('no line of text is taken for a request of troff', () => {
    const requests = /^\.(TH|SH|SS|PP|TP|RS|RE|nf|fi|B|I|BR)\b/;
    const odd = page.split('\n').filter((line) => /^[.']/.test(line) && !requests.test(line));
    expect(odd).toEqual([]);
  });
});

describe("krew's manifest", () => {
  const text =
    'kind: Plugin\nspec:\n  version: v1\n  platforms:\n    - uri: https://x/y/a.zip\n      bin: a\n';

  test('gets the sum of each archive', () => {
    expect(load(manifest(text, new Map([['a.zip', 'f00']])))).toEqual({
      kind: 'Plugin',
      spec: { version: 'v1', platforms: [{ uri: 'https://x/y/a.zip', bin: 'a', sha256: 'f00' }] },
    });
  });

  test('is not made without one', () => {
    expect(() => manifest(text, new Map())).toThrow('there is no archive for https://x/y/a.zip');
  });
});

test('what is published on npm needs nothing but Node', () => {
  const published = JSON.parse(publishedPackage(['kubectl-eps.cjs'])) as Record<string, unknown>;
  expect(published).toMatchObject({ name: 'kubectl-eps', engines: packageJson.engines });
  for (const member of ['private', 'dependencies', 'scripts']) expect(published).not.toHaveProperty(member);
});

test('the bill of materials holds what is bundled, and says the same each time', () => {
  const component = (name: string) => ({ 'bom-ref': `${name}@1`, name, version: '1' });
  const listed = (serialNumber: string) => ({
    serialNumber,
    metadata: { component: component('folder'), timestamp: serialNumber },
    components: [component('ink'), component('unused')],
    dependencies: [
      { ref: 'folder@1', dependsOn: ['ink@1', 'unused@1'] },
      { ref: 'unused@1', dependsOn: [] },
    ],
  });
  const packages = [{ folder: 'node_modules/ink', name: 'ink', version: '1', license: 'MIT' }];
  const [sbom, again] = ['a', 'b'].map((chance) =>
    onlyBundled(listed(chance), { packages, bunVersion: '2', epoch: 86_400 }),
  );
  expect(again).toEqual(sbom);
  expect(sbom?.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(sbom?.metadata.timestamp).toBe('1970-01-02T00:00:00.000Z');
  expect(sbom?.components.map(({ name }) => name)).toEqual(['ink', 'bun']);
  expect(sbom?.dependencies).toEqual([
    { ref: 'folder@1', dependsOn: ['ink@1'] },
    { ref: 'bun@2', dependsOn: [] },
  ]);
});

test('a runtime that is not the pinned one is refused, and not kept', () => {
  mkdirSync(`${folder.path}/cache`);
  const file = folder.write('cache/runtime.tgz', 'runtime');
  const integrity = 'sha256-0QDeVs8Ny1DBLRVUyNfv9TD6XbmtVpTBwzNh/JUZRIA=';
  expect(() => {
    checkIntegrity(file, integrity);
  }).toThrow('runtime.tgz is not what package-lock.json pins: sha256-');
  expect(() => {
    checkIntegrity(file, integrity);
  }).toThrow('ENOENT');
});
