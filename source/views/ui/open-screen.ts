import type { ScreenOptions, ScreenResult } from './run-screen.tsx';
import { yogaReady } from './yoga-ready.ts';

/** Loads the screen, which no other way of asking needs, and opens it. */
export async function openScreen(options: ScreenOptions): Promise<ScreenResult> {
  await yogaReady;
  const { runScreen } = await import('./run-screen.tsx');
  return runScreen(options);
}
