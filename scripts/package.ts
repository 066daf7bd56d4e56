/** `npm run package`: everything that a release consists of, in dist/release; the same bytes wherever it is made. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { bundle } from './build/bundle.ts';
import { bundlePath, dist, root } from './build/paths.ts';
import { run } from './build/run.ts';
import { archive } from './package/archive.ts';
import { executable } from './package/executable.ts';
import { manPage } from './package/man-page.ts';
import { manifest } from './package/manifest.ts';
import { notices } from './package/notices.ts';
import { completer, publishedPackage } from './package/npm-package.ts';
import { bundledPackages } from './package/packages.ts';
import { fileNames, platforms, type Platform } from './package/platforms.ts';
import { sbom } from './package/sbom.ts';

const release = path.join(dist, 'release');

/** Seconds since 1970: of the commit, unless SOURCE_DATE_EPOCH says otherwise (https://reproducible-builds.org). */
async function sourceDate(): Promise<number> {
  const given = process.env['SOURCE_DATE_EPOCH'];
  return Number(given ?? (await run('git', ['log', '-1', '--format=%ct'], { cwd: root })));
}

/** What lies beside the program, in the archives and in the npm package. */
type Papers = Readonly<Record<string, string>>;

async function lay(folder: string, papers: Papers): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(papers)) {
    await writeFile(path.join(folder, name), text, { mode: 0o644 });
  }
}

async function packPlatform(
  platform: Platform,
  folder: string,
  papers: Papers,
  epoch: number,
): Promise<void> {
  const { program, archive: name } = fileNames(platform);
  const contents = path.join(folder, 'contents');
  await lay(contents, papers);
  await copyFile(await executable(platform, folder), path.join(contents, program));
  await chmod(path.join(contents, program), 0o755);
  const names = [program, ...Object.keys(papers)];
  await archive(path.join(release, name), { folder: contents, names, epoch });
}

async function packNpm(folder: string, papers: Papers): Promise<void> {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const programs = {
    'kubectl-eps.cjs': await readFile(bundlePath, 'utf8'),
    'kubectl_complete-eps.cjs': completer,
  };
  const names = [...Object.keys(programs), ...Object.keys(papers)];
  await lay(folder, { ...papers, ...programs, 'README.md': readme, 'package.json': publishedPackage(names) });
  await run('npm', ['pack', '--silent', '--pack-destination', release], { cwd: folder });
}

const sumOf = async (name: string) =>
  createHash('sha256')
    .update(await readFile(path.join(release, name)))
    .digest('hex');

/** By name: the sum of everything made so far. */
async function sums(): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(release)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await sumOf(name)] as const)));
}

const epoch = await sourceDate();
await rm(release, { recursive: true, force: true });
await mkdir(release, { recursive: true });
const packages = bundledPackages(Object.keys(await bundle()));
const papers: Papers = {
  LICENSE: readFileSync(path.join(root, 'LICENSE'), 'utf8'),
  'THIRD-PARTY-NOTICES': notices(packages),
  'kubectl-eps.1': manPage(packageJson.version, new Date(epoch * 1000).toISOString().slice(0, 10)),
};
const work = await mkdtemp(path.join(tmpdir(), 'eps-package-'));
try {
  await packNpm(path.join(work, 'npm'), papers);
  await Promise.all(
    platforms.map((platform) => packPlatform(platform, path.join(work, platform.name), papers, epoch)),
  );
} finally {
  await rm(work, { recursive: true });
}
const bunVersion = packageJson.devDependencies.bun;
await writeFile(path.join(release, 'kubectl-eps.cdx.json'), await sbom({ packages, bunVersion, epoch }));
const withoutSums = readFileSync(path.join(root, 'krew-manifest.yaml'), 'utf8');
await writeFile(path.join(release, 'eps.yaml'), manifest(withoutSums, await sums()));
const lines = [...(await sums())].map(([name, sum]) => `${sum}  ${name}\n`);
await writeFile(path.join(release, 'checksums.txt'), lines.join(''));
