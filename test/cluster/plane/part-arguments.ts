import type { Authority, Certificate } from './certificates.ts';
import type { Program } from './programs.ts';

export type PartName = Exclude<Program, 'kubectl' | 'apisix-ingress-controller'>;

/** Where everything of one control plane is. */
export type Layout = {
  readonly dir: string;
  readonly authority: Authority;
  readonly server: string;
  readonly kubeconfig: string;
  readonly stages: string;
  readonly dualStack: boolean;
  readonly ports: Readonly<Record<'api' | 'etcd' | 'etcdPeer' | 'manager' | 'scheduler' | 'kubelet', number>>;
  readonly certificates: Readonly<Record<'apiserver' | 'kubelet' | 'kubeletClient', Certificate>>;
};

const local = (port: number) => `http://127.0.0.1:${port}`;

function etcd({ dir, ports }: Layout): readonly string[] {
  return [
    `--data-dir=${dir}/etcd`,
    '--unsafe-no-fsync',
    '--quota-backend-bytes=4294967296',
    `--listen-client-urls=${local(ports.etcd)}`,
    `--advertise-client-urls=${local(ports.etcd)}`,
    `--listen-peer-urls=${local(ports.etcdPeer)}`,
    `--initial-advertise-peer-urls=${local(ports.etcdPeer)}`,
    `--initial-cluster=default=${local(ports.etcdPeer)}`,
  ];
}

const serviceRange = ({ dualStack }: Layout) =>
  `--service-cluster-ip-range=10.96.0.0/12${dualStack ? ',fd00:10:96::/112' : ''}`;

function apiserver(layout: Layout): readonly string[] {
  const { authority, ports, certificates } = layout;
  const { apiserver: serving, kubeletClient } = certificates;
  return [
    `--etcd-servers=${local(ports.etcd)}`,
    `--secure-port=${ports.api}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    serviceRange(layout),
    '--authorization-mode=RBAC',
    `--client-ca-file=${authority.ca}`,
    `--tls-cert-file=${serving.cert}`,
    `--tls-private-key-file=${serving.key}`,
    `--service-account-key-file=${authority.serviceAccountKey}`,
    `--service-account-signing-key-file=${authority.serviceAccountKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--kubelet-certificate-authority=${authority.ca}`,
    `--kubelet-client-certificate=${kubeletClient.cert}`,
    `--kubelet-client-key=${kubeletClient.key}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--max-requests-inflight=2000',
    '--max-mutating-requests-inflight=1000',
  ];
}

/** All controllers stay on: without node-lifecycle the not-ready taint is never removed and no pod is scheduled. */
function controllerManager(layout: Layout): readonly string[] {
  const { kubeconfig, authority, ports } = layout;
  return [
    `--kubeconfig=${kubeconfig}`,
    `--authentication-kubeconfig=${kubeconfig}`,
    `--authorization-kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    `--secure-port=${ports.manager}`,
    '--bind-address=127.0.0.1',
    `--service-account-private-key-file=${authority.serviceAccountKey}`,
    `--root-ca-file=${authority.ca}`,
    serviceRange(layout),
    '--kube-api-qps=2000',
    '--kube-api-burst=4000',
    '--concurrent-endpoint-syncs=10',
    '--concurrent-service-endpoint-syncs=10',
  ];
}

function scheduler({ kubeconfig, ports }: Layout): readonly string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    '--leader-elect=false',
    `--secure-port=${ports.scheduler}`,
    '--bind-address=127.0.0.1',
    '--kube-api-qps=2000',
    '--kube-api-burst=4000',
  ];
}

/** `PortForward` objects then say, pod by pod, which loopback port is behind a pod's port. */
function kwok({ kubeconfig, ports, certificates, stages }: Layout): readonly string[] {
  const { cert, key } = certificates.kubelet;
  return [
    `--kubeconfig=${kubeconfig}`,
    '--manage-all-nodes=true',
    '--cidr=10.0.0.0/9',
    '--node-ip=127.0.0.1',
    `--node-port=${ports.kubelet}`,
    `--tls-cert-file=${cert}`,
    `--tls-private-key-file=${key}`,
    `--server-address=127.0.0.1:${ports.kubelet}`,
    `--config=${stages}`,
    '--enable-crds=PortForward,Exec',
  ];
}

const argumentsOf: Readonly<Record<PartName, (layout: Layout) => readonly string[]>> = {
  etcd,
  'kube-apiserver': apiserver,
  'kube-controller-manager': controllerManager,
  'kube-scheduler': scheduler,
  kwok,
};

export function partArguments(name: PartName, layout: Layout): readonly string[] {
  return argumentsOf[name](layout);
}
