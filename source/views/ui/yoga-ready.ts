/** Wait for this before importing Ink. Nothing to wait for here; in the bundle scripts/build.ts loads the layout engine. */
export const yogaReady: Promise<void> = Promise.resolve();
