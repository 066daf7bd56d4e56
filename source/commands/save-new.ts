import { writeFile } from 'node:fs/promises';

/** `httpbin.csv`, `httpbin-2.csv` ... */
function numbered(name: string, number: number): string {
  return number === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${number}$1`);
}

/** Writes a file into the working directory that was not there before; the name that it got. */
export async function saveNew(name: string, text: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const free = numbered(name, number);
    try {
      await writeFile(free, text, { flag: 'wx' });
      return free;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
