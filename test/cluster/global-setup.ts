import type { TestProject } from 'vitest/node';
import { startControlPlane } from './plane/control-plane.ts';

/** What the tests, in processes of their own, are told of the one control plane of the suite. */
export type SharedPlane = { readonly server: string; readonly kubeconfig: string; readonly kubectl: string };

declare module 'vitest' {
  // Merging with vitest's own interface is how its `provide` is typed.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  export interface ProvidedContext {
    plane: SharedPlane;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const plane = await startControlPlane();
  const { server, kubeconfig, kubectl } = plane;
  project.provide('plane', { server, kubeconfig, kubectl: kubectl.program });
  return plane.stop;
}
