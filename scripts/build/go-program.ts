import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot, once } from './cache.ts';
import { run } from './run.ts';

/**
 * The path of a Go program, built from the modules that the go.mod of `folder` pins unless that was done before.
 * `linkerFlags` come beside those of every program.
 */
export function goProgram(
  folder: string,
  main: string,
  linkerFlags: readonly string[] = [],
): Promise<string> {
  const flags = ['build', '-trimpath', '-ldflags', ['-s', '-w', ...linkerFlags].join(' ')];
  const hash = createHash('sha256').update(JSON.stringify([flags, main]));
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(path.join(folder, file)));
  const cached = path.join(cacheRoot(), `go-${hash.digest('hex').slice(0, 12)}`, path.basename(main));
  return once(cached, (file) =>
    run('go', [...flags, '-o', file, main], { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' } }),
  );
}
