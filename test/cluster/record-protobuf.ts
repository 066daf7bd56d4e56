/**
 * `node test/cluster/record-protobuf.ts`: records what a real API server answers, as protobuf and as JSON, for the
 * tests of the reader: test/fixtures/protobuf.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { openCluster } from '../../source/sources/kubernetes/connection.ts';
import { send } from '../../source/sources/kubernetes/connection/send.ts';
import { startControlPlane } from './control-plane.ts';
import { settledHttpbin } from './settled.ts';

const namespace = 'default';
const folder = path.join(import.meta.dirname, '../fixtures/protobuf');
const answers = {
  service: '/api/v1/namespaces/default/services/httpbin',
  pods: '/api/v1/namespaces/default/pods',
  endpoints: '/api/v1/namespaces/default/endpoints',
  slices: '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
  nodes: '/api/v1/nodes?limit=2',
  missing: '/api/v1/namespaces/default/services/nobody',
};

/** Has a port that only its sidecar names, and ends never. */
const sidecar = {
  name: 'proxy',
  image: 'proxy',
  restartPolicy: 'Always',
  ports: [{ name: 'proxy', containerPort: 8443 }],
};
const held = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'held', namespace, labels: { app: 'httpbin-deployment' }, finalizers: ['eps.test/held'] },
  spec: {
    initContainers: [sidecar],
    containers: [{ name: 'web', image: 'web', ports: [{ name: 'http', containerPort: 80 }] }],
  },
};

const plane = await startControlPlane();
try {
  const service = { publishNotReadyAddresses: true, ports: [{ name: 'http', port: 80, targetPort: 'http' }] };
  await settledHttpbin(plane, { namespace, replicas: 3 });
  await plane.apply([held]);
  await plane.output(['wait', '--for=jsonpath={.status.podIP}', 'pod/held', '-n', namespace]);
  await plane.output([
    'patch',
    'service',
    'httpbin',
    '-n',
    namespace,
    '-p',
    JSON.stringify({ spec: service }),
  ]);
  await plane.output(['delete', 'pod', 'held', '-n', namespace, '--wait=false']);
  const cluster = await openCluster({ kubeconfig: plane.kubeconfig }, {});
  const session = await cluster.session();
  for (const [name, url] of Object.entries(answers)) {
    for (const [extension, accept] of [
      ['pb', 'application/vnd.kubernetes.protobuf'],
      ['json', 'application/json'],
    ] as const) {
      const get = { url: new URL(plane.server + url), accept, isCompressed: false, timeout: 0 };
      writeFileSync(path.join(folder, `${name}.${extension}`), (await send(session, get)).body);
    }
  }
  cluster.close();
} finally {
  await plane.stop();
}
