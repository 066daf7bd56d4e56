import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { pages } from '../source/commands/line/pages.ts';
import { permissions } from '../source/core/doctor/permissions.ts';

const root = new URL('../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const readme = read('README.md');

describe('the README', () => {
  test.each(Object.keys(pages))('names the command %s', (command) => {
    expect(readme).toContain(`kubectl eps ${command}`);
  });

  test('has a Role with every permission that doctor asks for in a namespace', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    const { rules } = load(yaml) as {
      readonly rules: readonly Readonly<Record<string, readonly string[]>>[];
    };
    const missing = permissions
      .filter(({ scope }) => scope !== 'Cluster')
      .map(({ verb, group, resource, subresource }) => ({
        verb,
        group,
        resource: [resource, subresource ?? []].flat().join('/'),
      }))
      .filter(
        ({ verb, group, resource }) =>
          !rules.some(
            ({ apiGroups, resources, verbs }) =>
              apiGroups?.includes(group) && resources?.includes(resource) && verbs?.includes(verb),
          ),
      );
    expect(missing).toEqual([]);
  });

  test.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'docs/findings.md'])(
    'and %s link only to files that are there',
    (file) => {
      const written = read(file).matchAll(/(?:\]\(|(?:src|srcset)=")(?!https?:|#)([^)#"]+)/g);
      const links = [...written].map(([, link = '']) => link);
      expect(links.filter((link) => !existsSync(new URL(link, new URL(file, root))))).toEqual([]);
    },
  );
});

test('package, changelog and krew manifest agree on the version', () => {
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  expect(read('krew-manifest.yaml')).toContain(`version: v${version}\n`);
  expect(read('CHANGELOG.md')).toContain(`## ${version}`);
});
