import type { ScreenOptions, ScreenResult } from './run-screen.tsx';

/** Loads the screen, which no other way of asking needs, and opens it. */
export async function openScreen(options: ScreenOptions): Promise<ScreenResult> {
  const { yogaReady } = await import('./yoga-ready.ts');
  await yogaReady;
  const { runScreen } = await import('./run-screen.tsx');
  return runScreen(options);
}
