import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createAuthority, type Authority } from './certificates.ts';
import { eventually } from './eventually.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { createKubectl, type Kubectl } from './kubectl.ts';
import { fakeNodes } from './manifests.ts';
import { startPart, type Part } from './part.ts';
import { partArguments, type Layout, type PartName } from './part-arguments.ts';
import { freePorts } from './ports.ts';
import { buildPrograms, type Programs } from './programs.ts';

/** A real control plane on loopback, with KWOK for kubelets. */
export type ControlPlane = {
  readonly server: string;
  /** Path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly kubectl: Kubectl;
  readonly authority: Authority;
  readonly programs: Programs;
  /** A folder that goes away with the plane. */
  readonly dir: string;
  readonly stopPart: (name: PartName) => Promise<void>;
  readonly startPart: (name: PartName, ...extraArguments: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const partNames: readonly PartName[] = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
];

async function layOut(dir: string, programs: Programs, dualStack: boolean): Promise<Layout> {
  const [api = 0, etcd = 0, etcdPeer = 0, manager = 0, scheduler = 0, kubelet = 0] = await freePorts(6);
  const authority = createAuthority(`${dir}/pki`);
  const server = `https://127.0.0.1:${api}`;
  const admin = authority.client('admin', ['system:masters']);
  return {
    dir,
    authority,
    server,
    dualStack,
    stages: programs.stages,
    ports: { api, etcd, etcdPeer, manager, scheduler, kubelet },
    kubeconfig: writeKubeconfig(`${dir}/kubeconfig`, server, authority.ca, admin),
    certificates: {
      apiserver: authority.server('kube-apiserver', 'IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes'),
      kubelet: authority.server('kwok', 'IP:127.0.0.1,DNS:localhost'),
      kubeletClient: authority.client('kubelet-client', ['system:masters']),
    },
  };
}

/** Starts everything and waits until 20 fake nodes can take pods. */
export async function startControlPlane(
  options: { readonly dualStack?: boolean } = {},
): Promise<ControlPlane> {
  const programs = buildPrograms();
  const dir = mkdtempSync(`${tmpdir()}/kubectl-eps-`);
  const layout = await layOut(dir, programs, options.dualStack ?? false);
  const kubectl = createKubectl(programs.of('kubectl'), layout.kubeconfig);
  const parts = new Map<PartName, Part>();

  const isReady = async (name: PartName) => {
    if (parts.get(name)?.isRunning() !== true) throw new Error(parts.get(name)?.log().slice(-2000));
    return name !== 'kube-apiserver' || (await kubectl.run(['get', '--raw=/readyz'])).code === 0;
  };
  const start = async (name: PartName, ...extra: readonly string[]) => {
    const args = [...partArguments(name, layout), ...extra];
    parts.set(name, startPart({ name, program: programs.of(name), args, dir }));
    await eventually(`${name} to be ready`, () => isReady(name));
  };
  const stopPart = async (name: PartName) => {
    await parts.get(name)?.stop();
  };
  const stop = async () => {
    for (const name of [...partNames].reverse()) await stopPart(name);
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    for (const name of partNames) await start(name);
    await kubectl.apply(fakeNodes(20));
  } catch (error) {
    await stop();
    throw error;
  }
  const { server, kubeconfig, authority } = layout;
  return { server, kubeconfig, kubectl, authority, programs, dir, stopPart, startPart: start, stop };
}
