import { run, type Outcome } from './run.ts';

/** The real kubectl, as the administrator. */
export type Kubectl = {
  /** Path of the program. */
  readonly program: string;
  readonly run: (args: readonly string[], input?: string) => Promise<Outcome>;
  /** stdout of a call that must succeed. */
  readonly must: (args: readonly string[], input?: string) => Promise<string>;
  readonly apply: (objects: readonly object[]) => Promise<void>;
  /** The parsed `-o json` of `kubectl get`. */
  readonly get: (args: readonly string[]) => Promise<unknown>;
};

export function createKubectl(program: string, kubeconfig: string): Kubectl {
  const call = (args: readonly string[], input = '') =>
    run(program, ['--kubeconfig', kubeconfig, ...args], { input });
  const must = async (args: readonly string[], input = '') => {
    const { code, stdout, stderr } = await call(args, input);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  return {
    program,
    run: call,
    must,
    apply: async (objects) => {
      await must(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    },
    get: async (args) => JSON.parse(await must(['get', '-o', 'json', ...args])) as unknown,
  };
}
