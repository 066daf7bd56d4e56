/** `npm run cluster`: a control plane with a Service of 20 pods, until ctrl-C. */
import { startControlPlane } from './control-plane.ts';
import { httpbin } from './httpbin.ts';

const plane = await startControlPlane();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void plane.stop());
await plane.apply(httpbin({ namespace: 'default', replicas: 20 }));
process.stdout.write(`KUBECONFIG=${plane.kubeconfig}\nctrl-C stops it\n`);
