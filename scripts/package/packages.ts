import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../build/paths.ts';

/** An npm package of which something is in the bundle. */
export type BundledPackage = {
  /** From the root of the tree: `node_modules/ink`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
};

/** The packages that the files of the bundle belong to, by name and version. */
export function bundledPackages(files: readonly string[]): readonly BundledPackage[] {
  const folders = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const packages = [...new Set(folders)].map((folder) => {
    const text = readFileSync(path.join(root, folder, 'package.json'), 'utf8');
    return { folder, ...(JSON.parse(text) as Omit<BundledPackage, 'folder'>) };
  });
  const byKey = new Map(packages.map((found) => [`${found.name}@${found.version}`, found]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}
