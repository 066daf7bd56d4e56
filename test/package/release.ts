import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll } from 'vitest';
import { fileNames, platforms, type Platform } from '../../scripts/package/platforms.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

/** What `npm run package` left. */
export const release = path.join(import.meta.dirname, '../../dist/release');

const folder = temporaryFolder();
afterAll(folder.remove);

export function platformNamed(name: string): Platform {
  const platform = platforms.find((candidate) => candidate.name === name);
  if (platform === undefined) throw new Error(`no platform ${name}`);
  return platform;
}

/** The platform of this machine. */
export const host = platformNamed(`linux_${process.arch === 'arm64' ? 'arm64' : 'amd64'}`);

/** Unpacks the archive of a platform, once a file, and gives the folder with what was in it. */
export function unpack(platform: Platform): string {
  const { archive } = fileNames(platform);
  const into = path.join(folder.path, platform.name);
  if (mkdirSync(into, { recursive: true }) === undefined) return into;
  const file = path.join(release, archive);
  if (archive.endsWith('.zip')) execFileSync('unzip', ['-q', file, '-d', into]);
  else execFileSync('tar', ['-xzf', file, '-C', into]);
  return into;
}

/** The path of the unpacked program. */
export function programOf(platform: Platform): string {
  return path.join(unpack(platform), fileNames(platform).program);
}

/** A folder in which the program of this machine has its name, for the PATH. */
export const hostFolder = () => unpack(host);

export function readRelease(name: string): Buffer {
  return readFileSync(path.join(release, name));
}
