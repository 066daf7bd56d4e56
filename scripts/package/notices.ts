import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../build/paths.ts';
import type { BundledPackage } from './packages.ts';

const ownTexts = path.join(import.meta.dirname, 'notices');

/** What a package says of its license, and of what it has bundled itself. */
function textOf({ folder, name }: BundledPackage): string {
  const files = ['.', 'build']
    .map((inner) => path.join(root, folder, inner))
    .flatMap((inner) => (existsSync(inner) ? readdirSync(inner).map((file) => path.join(inner, file)) : []))
    .filter((file) => /^(licen[cs]es?|copying|notice)(\.(md|txt))?$/i.test(path.basename(file)));
  if (files.length > 0) return files.map((file) => readFileSync(file, 'utf8').trim()).join('\n\n');
  // A package may name its license without its text: then somebody has looked it up.
  return readFileSync(path.join(ownTexts, `${path.basename(name)}.txt`), 'utf8').trim();
}

/** THIRD-PARTY-NOTICES: what is in the program, and under which license. */
export function notices(packages: readonly BundledPackage[]): string {
  const runtime = readFileSync(path.join(ownTexts, 'bun.txt'), 'utf8').trim();
  const sections = packages.map(
    (bundled) => `${bundled.name} ${bundled.version} (${bundled.license})\n\n${textOf(bundled)}`,
  );
  return `${[`Bun\n\n${runtime}`, ...sections].join(`\n\n${'-'.repeat(79)}\n\n`)}\n`;
}
