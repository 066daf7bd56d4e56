import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { cacheRoot, once } from '../build/cache.ts';
import { root } from '../build/paths.ts';
import { run } from '../build/run.ts';

type Pin = { readonly version: string; readonly integrity: string };

/** What package-lock.json says of a package. */
function pinOf(name: string): Pin {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Pin>>;
  };
  const pin = lock.packages[`node_modules/${name}`];
  if (pin === undefined) throw new Error(`package-lock.json does not have ${name}`);
  return pin;
}

/** Throws unless the file has the integrity that npm wrote down, such as `sha512-...`. */
export function checkIntegrity(file: string, integrity: string): void {
  const [algorithm = '', expected] = integrity.split('-');
  const actual = createHash(algorithm).update(readFileSync(file)).digest('base64');
  if (actual === expected) return;
  rmSync(file);
  throw new Error(`${file} is not what package-lock.json pins: ${algorithm}-${actual}`);
}

async function download(spec: string, file: string): Promise<void> {
  const folder = await mkdtemp(path.join(path.dirname(file), 'npm-'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder, spec], { cwd: folder });
  const [tarball = ''] = readdirSync(folder);
  renameSync(path.join(folder, tarball), file);
  rmSync(folder, { recursive: true });
}

/** Unpacks the runtime that an npm package ships into `folder` and gives its path. */
export async function unpackRuntime(name: string, folder: string): Promise<string> {
  const { version, integrity } = pinOf(name);
  const file = path.join(
    cacheRoot(),
    'runtimes',
    `${name.replace('@', '').replace('/', '-')}-${version}.tgz`,
  );
  await once(file, (unfinished) => download(`${name}@${version}`, unfinished));
  checkIntegrity(file, integrity);
  await mkdir(folder, { recursive: true });
  await run('tar', ['-xzf', file, '-C', folder, 'package/bin']);
  const bin = path.join(folder, 'package/bin');
  const [program = ''] = readdirSync(bin);
  return path.join(bin, program);
}
