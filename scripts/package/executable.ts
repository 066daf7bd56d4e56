import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { compile } from '../build/compile.ts';
import { goProgram } from '../build/go-program.ts';
import { bundlePath } from '../build/paths.ts';
import { run } from '../build/run.ts';
import { readMachine } from './header.ts';
import { signatureFaults } from './mach-o.ts';
import { fileNames, type Platform } from './platforms.ts';
import { unpackRuntime } from './runtime.ts';

/** Bun signs its output for darwin_amd64 as if it had added nothing to its runtime. */
const signedWrongly = 'darwin_amd64';

async function sign(file: string): Promise<void> {
  const quill = await goProgram(
    path.join(import.meta.dirname, 'go/quill'),
    'github.com/anchore/quill/cmd/quill',
  );
  await run(quill, ['sign', '--quiet', '--ad-hoc', '--identity', 'kubectl-eps', file]);
}

/** Throws unless the file is a program for the platform, which its system will start. */
export function check(file: Buffer, { name, machine }: Platform): void {
  const found = readMachine(file);
  if (found?.format !== machine.format || found.arch !== machine.arch) {
    throw new Error(`${name}: not a program for it but ${JSON.stringify(found)}`);
  }
  const faults = machine.format === 'Mach-O' ? signatureFaults(file) : [];
  if (faults.length > 0) {
    throw new Error(`${name}: macOS would refuse it: ${JSON.stringify(faults.slice(0, 5))}`);
  }
}

/** Makes the program of one platform in `folder` and gives its path; what its system would not start is refused. */
export async function executable(platform: Platform, folder: string): Promise<string> {
  const { name, target, runtimePackage } = platform;
  const runtime = await unpackRuntime(runtimePackage, path.join(folder, 'runtime'));
  await compile(bundlePath, path.join(folder, 'kubectl-eps'), { name: target, runtime });
  const file = path.join(folder, fileNames(platform).program);
  if (name === signedWrongly) await sign(file);
  check(await readFile(file), platform);
  return file;
}
