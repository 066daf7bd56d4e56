import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildPrograms } from './build.ts';
import { connect, type Client } from './plane/client.ts';
import { isHealthy } from './plane/health.ts';
import { layOut, type Layout } from './plane/layout.ts';
import { temporaryFolder } from './plane/leave-nothing.ts';
import { fakeNodes } from './plane/nodes.ts';
import { partNames, partOf, type PartName } from './plane/parts.ts';
import { start, type Running } from './plane/process.ts';

export type ControlPlaneOptions = {
  /** Services and pods with IPv4 and IPv6 addresses. */
  readonly dualStack?: boolean;
};

/** A real control plane on loopback, whose 20 nodes and their pods KWOK plays. */
export type ControlPlane = Client & {
  /** Resolves when the part is gone; the others go on. */
  readonly stopPart: (name: PartName) => Promise<void>;
  /** Starts a stopped part as it was, or with these flags besides; resolves when it is ready. */
  readonly startPart: (name: PartName, flags?: readonly string[]) => Promise<void>;
  /** Stops every part, last started first, and removes `dir`. */
  readonly stop: () => Promise<void>;
};

const nodeCount = 20;

/** The parts of one control plane, none of them started. */
function parts(layout: Layout) {
  const running = new Map<PartName, Running>();
  const ca = readFileSync(layout.ca, 'utf8');
  const startPart: ControlPlane['startPart'] = async (name, flags = []) => {
    const { args: own, health } = partOf(layout, name);
    const args = [...own, ...flags];
    const program = path.join(layout.programs, name);
    const isReady = () => isHealthy(health, ca);
    running.set(name, await start({ name, program, args, dir: layout.dir, isReady }));
  };
  const stopPart = async (name: PartName) => {
    await running.get(name)?.stop();
  };
  const stopAll = async () => {
    for (const name of partNames.toReversed()) await stopPart(name);
  };
  return { startPart, stopPart, stopAll };
}

/** Starts a control plane and waits until its nodes are ready. Whatever way this process ends, so does the plane. */
export async function startControlPlane({
  dualStack = false,
}: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const programs = await buildPrograms();
  const folder = temporaryFolder();
  const layout = await layOut({ dir: folder.path, programs }, dualStack);
  const { startPart, stopPart, stopAll } = parts(layout);
  const client = connect({ dir: layout.dir, server: layout.server, programs });
  const stop = async () => {
    await stopAll();
    await folder.remove();
  };
  try {
    for (const name of ['etcd', 'kube-apiserver'] as const) await startPart(name);
    await client.output(['apply', '-f', path.join(programs, 'kwok-crds.yaml')]);
    for (const name of ['kube-controller-manager', 'kube-scheduler', 'kwok'] as const) await startPart(name);
    await client.apply(fakeNodes(nodeCount));
    await client.output(['wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=60s']);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...client, startPart, stopPart, stop };
}
