import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Folder = {
  /** Writes a file into the folder and gives its path. */
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly path: string;
  readonly remove: () => void;
};

/** A folder that goes away with everything in it. */
export function temporaryFolder(): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'eps-'));
  return {
    path: folder,
    write(name, content) {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}
