/**
 * What the bundle has in place of yoga-layout: its own entry awaits at top level, which CommonJS cannot hold.
 * `yogaReady` must be awaited before Ink is imported.
 */
import { loadYoga } from 'yoga-layout/load';

let yoga;

export * from 'yoga-layout/load';
export const yogaReady = loadYoga().then((loaded) => {
  yoga = loaded;
});
export default new Proxy({}, { get: (_, member) => yoga[member] });
