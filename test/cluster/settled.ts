import { httpbin, type HttpbinOptions } from './httpbin.ts';
import { kubectlView, type View } from './kubectl-view.ts';
import type { Client } from './plane/client.ts';
import { eventually } from './wait.ts';

/** What the endpoints controller keeps of a Service. */
const capacity = 1000;

/** Whether every controller has done its part for so many pods. */
export function isSettled({ pods, readyPods, slices, endpoints }: View, replicas: number): boolean {
  const ready = new Set(readyPods);
  return (
    pods === replicas &&
    ready.size === replicas &&
    slices.join() === readyPods.join() &&
    endpoints.length === Math.min(replicas, capacity) &&
    endpoints.every((ip) => ready.has(ip))
  );
}

/** httpbin with so many pods, once kubectl shows that every controller has done its part. */
export async function settledHttpbin(plane: Client, options: HttpbinOptions): Promise<View> {
  const { namespace, replicas } = options;
  await plane.apply(httpbin(options));
  await plane.output(['rollout', 'status', 'deployment/httpbin-deployment', '-n', namespace, '--timeout=4m']);
  const settled = () =>
    eventually(`${replicas} settled pods`, async () => {
      const view = await kubectlView(plane, namespace);
      return isSettled(view, replicas) && view;
    });
  return settled().catch(async () => {
    // A controller now and then misses a pod of a plane that has just begun; a write to the Service makes it look again.
    await plane.output([
      'annotate',
      'service',
      'httpbin',
      '-n',
      namespace,
      '--overwrite',
      'eps/looked-at=again',
    ]);
    return settled();
  });
}

/** Where the crowd is. */
export const crowd = 'crowd';

/** httpbin with so many pods. All files share one: it takes a while to come together. */
export async function gatherCrowd(plane: Client, replicas = 1500): Promise<View> {
  await plane.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: crowd } }]);
  return settledHttpbin(plane, { namespace: crowd, replicas });
}
