/** `npm run cluster`: leaves a control plane with the story's Service running until ctrl-C. */
import { startControlPlane } from './plane/control-plane.ts';
import { httpbin } from './plane/manifests.ts';

const plane = await startControlPlane();
await plane.kubectl.apply(httpbin({ namespace: 'default', replicas: 20 }));
process.stdout.write(`KUBECONFIG=${plane.kubeconfig}\nctrl-C stops it\n`);

await new Promise((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});
await plane.stop();
