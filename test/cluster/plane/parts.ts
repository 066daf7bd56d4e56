import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Layout } from './layout.ts';

/** In the order of their start. */
export const partNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
] as const;

/** Also the name of its program. */
export type PartName = (typeof partNames)[number];

/** How one part is run. */
export type Part = {
  readonly args: readonly string[];
  /** The URL that answers 200 once it is ready. */
  readonly health: string;
};

const secondAddress = fileURLToPath(new URL('../second-address.yaml', import.meta.url));

const serviceRange = ({ dualStack }: Layout): string =>
  `--service-cluster-ip-range=10.96.0.0/12${dualStack ? ',fd00:10:96::/112' : ''}`;

const serving = ({ serving: { cert, key } }: Layout): readonly string[] => [
  `--tls-cert-file=${cert}`,
  `--tls-private-key-file=${key}`,
];

function etcd({ dir, ports }: Layout): Part {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  const args = [
    `--data-dir=${path.join(dir, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ];
  return { args, health: `${client}/health` };
}

function apiServer(layout: Layout): Part {
  const { server, ca, admin, serviceAccountKey, ports } = layout;
  const args = [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    `--secure-port=${ports.api}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    // The loopback address would be refused in the Endpoints of Service `kubernetes`.
    '--endpoint-reconciler-type=none',
    serviceRange(layout),
    '--authorization-mode=RBAC',
    `--client-ca-file=${ca}`,
    ...serving(layout),
    `--service-account-key-file=${serviceAccountKey}`,
    `--service-account-signing-key-file=${serviceAccountKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--kubelet-certificate-authority=${ca}`,
    `--kubelet-client-certificate=${admin.cert}`,
    `--kubelet-client-key=${admin.key}`,
    '--kubelet-preferred-address-types=InternalIP',
    // Open watches would hold up its end for a minute.
    '--shutdown-watch-termination-grace-period=1s',
    '--max-requests-inflight=2000',
    '--max-mutating-requests-inflight=1000',
  ];
  return { args, health: `${server}/readyz` };
}

/** All controllers stay on: without node-lifecycle nobody removes the not-ready taint, and no pod is scheduled. */
function controllerManager(layout: Layout): Part {
  const { kubeconfig, ca, serviceAccountKey, ports } = layout;
  const args = [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    `--secure-port=${ports.manager}`,
    '--bind-address=127.0.0.1',
    ...serving(layout),
    `--service-account-private-key-file=${serviceAccountKey}`,
    `--root-ca-file=${ca}`,
    serviceRange(layout),
    '--kube-api-qps=2000',
    '--kube-api-burst=4000',
    '--concurrent-endpoint-syncs=10',
    '--concurrent-service-endpoint-syncs=10',
  ];
  return { args, health: `https://127.0.0.1:${ports.manager}/healthz` };
}

function scheduler(layout: Layout): Part {
  const { kubeconfig, ports } = layout;
  const args = [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    `--secure-port=${ports.scheduler}`,
    '--bind-address=127.0.0.1',
    ...serving(layout),
    '--kube-api-qps=2000',
    '--kube-api-burst=4000',
  ];
  return { args, health: `https://127.0.0.1:${ports.scheduler}/healthz` };
}

/** The kubelet of all nodes. `PortForward` and `Exec` objects say, pod by pod, what is behind its ports. */
function kwok(layout: Layout): Part {
  const { kubeconfig, programs, dualStack, ports } = layout;
  const stages = path.join(programs, 'kwok-stages.yaml');
  const args = [
    `--kubeconfig=${kubeconfig}`,
    '--manage-all-nodes=true',
    '--cidr=10.0.0.0/11',
    '--node-ip=127.0.0.1',
    `--node-port=${ports.kubelet}`,
    ...serving(layout),
    `--server-address=127.0.0.1:${ports.kubelet}`,
    `--config=${dualStack ? `${stages},${secondAddress}` : stages}`,
    '--enable-crds=PortForward,Exec',
  ];
  return { args, health: `https://127.0.0.1:${ports.kubelet}/healthz` };
}

const parts: Readonly<Record<PartName, (layout: Layout) => Part>> = {
  etcd,
  'kube-apiserver': apiServer,
  'kube-controller-manager': controllerManager,
  'kube-scheduler': scheduler,
  kwok,
};

/** How the part `name` of a control plane is run. */
export function partOf(layout: Layout, name: PartName): Part {
  return parts[name](layout);
}
