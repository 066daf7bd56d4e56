/**
 * `npm run build && node test/cluster/record-demo.ts`: records what `kubectl eps demo` shows: 2000 pods behind
 * a gateway whose controller reads Endpoints. Takes a minute or two.
 */
import path from 'node:path';
import { startControlPlane } from './control-plane.ts';
import { apisixRoute } from './gateway/apisix-route.ts';
import { startGateway } from './gateway/gateway.ts';
import { upstreamIps } from './gateway/upstream.ts';
import { outputOf } from './plane/execute.ts';
import { settledHttpbin } from './settled.ts';
import { eventually } from './wait.ts';

const namespace = 'default';
const root = path.join(import.meta.dirname, '../..');
const recording = path.join(root, 'source/commands/demo.snapshot.json.gz');

const plane = await startControlPlane();
const gateway = await startGateway(plane, { kubernetes: { watch_endpoint_slices: false } });
await plane.apply([apisixRoute(namespace)]);
const { endpoints } = await settledHttpbin(plane, { namespace, replicas: 2000 });
await eventually(
  'the upstream to follow Endpoints',
  () => upstreamIps(gateway.apisix, namespace).join() === endpoints.join(),
);
await outputOf(
  path.join(root, 'dist/kubectl-eps'),
  ['snapshot', 'httpbin', '--apisix-pod', '-f', recording],
  { env: plane.env },
);
await gateway.stop();
await plane.stop();
