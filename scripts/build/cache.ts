import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where what is costly to make is kept, outside of the tree. */
export function cacheRoot(): string {
  const caches = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return process.env['KUBECTL_EPS_CACHE'] ?? path.join(caches, 'kubectl-eps');
}

/** Makes `file` under another name first: what is there under its own is whole. */
export async function once(file: string, make: (file: string) => Promise<unknown>): Promise<string> {
  if (existsSync(file)) return file;
  process.stderr.write(`building ${file}\n`);
  mkdirSync(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await make(unfinished);
  renameSync(unfinished, file);
  return file;
}
