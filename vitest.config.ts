import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vitest/config';

/** As esbuild's `binary` loader does in the bundle. */
export const bytesOfGz: Plugin = {
  name: 'bytes-of-gz',
  load: (path) =>
    path.endsWith('.gz')
      ? `export default Uint8Array.from(atob('${readFileSync(path, 'base64')}'), (c) => c.charCodeAt(0))`
      : undefined,
};

export default defineConfig({
  plugins: [bytesOfGz],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/cluster/**', 'test/package/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // No module keeps state: loading them once a worker, not once a file, halves the time.
    isolate: false,
  },
});
