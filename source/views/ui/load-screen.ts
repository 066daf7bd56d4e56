import type { runScreen } from './run-screen.tsx';

/** Loads the screen, which no other way of asking needs. */
export async function loadScreen(): Promise<typeof runScreen> {
  const { yogaReady } = await import('./yoga-ready.ts');
  await yogaReady;
  return (await import('./run-screen.tsx')).runScreen;
}
