import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What this process has to clear away; the reaper acts on the last one it was told. */
export type Left = { readonly pids: readonly number[]; readonly folders: readonly string[] };

const pids = new Set<number>();
const folders = new Set<string>();
let tell: ((left: Left) => void) | undefined;

function startReaper(): (left: Left) => void {
  const reaper = spawn(process.execPath, [fileURLToPath(new URL('reaper.ts', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.unref();
  return (left) => {
    reaper.stdin.write(`${JSON.stringify(left)}\n`);
  };
}

function report(): void {
  tell ??= startReaper();
  tell({ pids: [...pids], folders: [...folders] });
}

/** A program that ends with this process; forgotten when it ends before. */
export function endWithUs(pid: number, ended: Promise<unknown>): void {
  pids.add(pid);
  report();
  void ended.then(() => {
    pids.delete(pid);
    report();
  });
}

export type TemporaryFolder = { readonly path: string; readonly remove: () => Promise<void> };

/** A folder that goes away with this process at the latest. */
export function temporaryFolder(): TemporaryFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'kubectl-eps-'));
  folders.add(folder);
  report();
  return {
    path: folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 20 });
      folders.delete(folder);
      report();
    },
  };
}
