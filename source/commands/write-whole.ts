import { chmod, mkdtemp, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EpsError } from '../core/error.ts';

type Content = string | Uint8Array;

/** A folder on the file's own disk, for what is to take its place; undefined where none can be made. */
async function folderBeside(file: string): Promise<string | undefined> {
  return mkdtemp(path.join(path.dirname(file), '.kubectl-eps-')).catch(() => undefined);
}

async function replace(file: string, content: Content): Promise<void> {
  const before = await stat(file).catch(() => undefined);
  const target = before ? await realpath(file) : file;
  // A device or a pipe takes what is written; nothing may take its place.
  const folder = before && !before.isFile() ? undefined : await folderBeside(target);
  if (folder === undefined) {
    await writeFile(file, content);
    return;
  }
  try {
    const whole = path.join(folder, path.basename(target));
    await writeFile(whole, content);
    if (before) await chmod(whole, before.mode);
    await rename(whole, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file that is whole, or as it was before. `flag`: by which it was named. */
export async function writeWhole(file: string, content: Content, flag: '-f' | '--profile'): Promise<void> {
  try {
    await replace(file, content);
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new EpsError(`cannot write "${file}": ${cause.message}`, { cause, hint: `${flag} FILE` });
  }
}
