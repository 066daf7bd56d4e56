import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot, once } from './cache.ts';
import { run } from './run.ts';

const flags = ['build', '-trimpath', '-ldflags', '-s -w'];

/** The path of a Go program, built from the modules that the go.mod of `folder` pins unless that was done before. */
export function goProgram(folder: string, main: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([flags, main]));
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(path.join(folder, file)));
  const cached = path.join(cacheRoot(), `go-${hash.digest('hex').slice(0, 12)}`, path.basename(main));
  return once(cached, (file) =>
    run('go', [...flags, '-o', file, main], { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' } }),
  );
}
