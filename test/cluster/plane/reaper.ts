/**
 * Runs beside the process that started it, in a session of its own. When that process is gone, however it
 * went, stdin ends: then the programs it left are ended and the folders it left are removed.
 */
import { rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Left } from './leave-nothing.ts';

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself in the meantime.
  }
}

const lines = (await text(process.stdin)).trimEnd().split('\n');
// Written by leave-nothing.ts.
const { pids, folders } = JSON.parse(lines.at(-1) ?? '') as Left;
pids.forEach(end);
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
