import type { TestProject } from 'vitest/node';
import { startControlPlane } from './control-plane.ts';
import type { Address } from './plane/client.ts';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- vitest's own is an interface
  export interface ProvidedContext {
    /** The control plane of the suite. */
    plane: Address;
  }
}

/** Starts the control plane of the suite; what it returns stops it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { dir, server, programs, stop } = await startControlPlane();
  project.provide('plane', { dir, server, programs });
  return stop;
}
