import path from 'node:path';
import type { Client } from '../test/cluster/plane/client.ts';
import type { Command } from './measure.ts';

const folder = process.env['KUBECTL_EPS_FOLDER'] ?? path.join(import.meta.dirname, '../dist');

/** The executable: what `npm run build` left, or the packed one. */
export const program = path.join(folder, 'kubectl-eps');

/** `kubectl-eps ...` on the cluster of the kubeconfig. */
export function eps(args: readonly string[], kubeconfig = '/dev/null'): Command {
  return { program, args, env: { ...process.env, KUBECONFIG: kubeconfig } };
}

/** kubectl of the cluster's version. */
export function kubectl({ programs, env }: Client, args: readonly string[]): Command {
  return { program: path.join(programs, 'kubectl'), args, env };
}
