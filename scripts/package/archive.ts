import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../build/run.ts';

export type Contents = {
  /** With nothing but files in it, each with its mode. */
  readonly folder: string;
  readonly names: readonly string[];
  /** Seconds since 1970, for every file. */
  readonly epoch: number;
};

/** The same files make the same bytes, on any day, for any user. */
export async function archive(file: string, contents: Contents): Promise<void> {
  await (file.endsWith('.zip') ? zip(file, contents) : tar(file, contents));
}

async function tar(file: string, { folder, names, epoch }: Contents): Promise<void> {
  const owner = ['--owner=0', '--group=0', '--numeric-owner'];
  const form = ['--format=ustar', '--use-compress-program=gzip -9n', `--mtime=@${epoch}`, ...owner];
  await run('tar', [...form, '-cf', path.resolve(file), '-C', folder, ...names.toSorted()]);
}

async function zip(file: string, { folder, names, epoch }: Contents): Promise<void> {
  for (const name of names) await utimes(path.join(folder, name), epoch, epoch);
  await run('zip', ['-qX9', path.resolve(file), ...names.toSorted()], {
    cwd: folder,
    // The times in a zip are local.
    env: { ...process.env, TZ: 'UTC' },
  });
}
