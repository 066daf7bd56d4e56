import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheRoot, once } from '../../scripts/build/cache.ts';
import { goProgram } from '../../scripts/build/go-program.ts';
import { outputOf } from './plane/execute.ts';

/** The folder in `go/` of the Kubernetes that runs; `npm run test:compat` gives that of an older one. */
const kubernetes = process.env['KUBECTL_EPS_KUBERNETES'] ?? 'kubernetes';

/** Each program: the folder of its go.mod in `go/`, and its main package. */
const programs = {
  etcd: ['etcd', 'go.etcd.io/etcd/server/v3'],
  'kube-apiserver': [kubernetes, 'k8s.io/kubernetes/cmd/kube-apiserver'],
  'kube-controller-manager': [kubernetes, 'k8s.io/kubernetes/cmd/kube-controller-manager'],
  'kube-scheduler': [kubernetes, 'k8s.io/kubernetes/cmd/kube-scheduler'],
  kubectl: ['kubernetes', 'k8s.io/kubernetes/cmd/kubectl'],
  kwok: ['kwok', 'sigs.k8s.io/kwok/cmd/kwok'],
  'apisix-ingress-controller': ['ingress-controller', 'github.com/apache/apisix-ingress-controller'],
} as const;

/** Each document: the folder of its go.mod in `go/`, the module it comes with, and its files there. */
const documents = {
  'kwok-stages.yaml': [
    'kwok',
    'sigs.k8s.io/kwok',
    [
      'kustomize/stage/node/fast/node-initialize.yaml',
      'kustomize/stage/node/heartbeat/node-heartbeat.yaml',
      'kustomize/stage/pod/fast/pod-ready.yaml',
      'kustomize/stage/pod/fast/pod-complete.yaml',
      'kustomize/stage/pod/fast/pod-delete.yaml',
    ],
  ],
  'kwok-crds.yaml': [
    'kwok',
    'sigs.k8s.io/kwok',
    ['kustomize/crd/bases/kwok.x-k8s.io_portforwards.yaml', 'kustomize/crd/bases/kwok.x-k8s.io_execs.yaml'],
  ],
  'apisix-crds.yaml': [
    'ingress-controller',
    'github.com/apache/apisix-ingress-controller',
    [
      'samples/deploy/crd/v1/ApisixClusterConfig.yaml',
      'samples/deploy/crd/v1/ApisixConsumer.yaml',
      'samples/deploy/crd/v1/ApisixGlobalRule.yaml',
      'samples/deploy/crd/v1/ApisixPluginConfig.yaml',
      'samples/deploy/crd/v1/ApisixRoute.yaml',
      'samples/deploy/crd/v1/ApisixTls.yaml',
      'samples/deploy/crd/v1/ApisixUpstream.yaml',
    ],
  ],
  'apisix-schema.json': [
    'ingress-controller',
    'github.com/apache/apisix-ingress-controller',
    ['conf/apisix-schema.json'],
  ],
} as const;

const modules = path.join(import.meta.dirname, 'go');

/** Without the version that the linker sets, `/version` of the API server lies. */
function linkerFlagsOf(folder: string, main: string): readonly string[] {
  if (!main.startsWith('k8s.io/kubernetes/')) return [];
  const pinned = readFileSync(path.join(folder, 'go.mod'), 'utf8');
  const [, version = ''] = /^\s*k8s\.io\/kubernetes (\S+)/m.exec(pinned) ?? [];
  return [`-X k8s.io/component-base/version.gitVersion=${version}`];
}

async function folderOf(module: string, dependency: string): Promise<string> {
  const args = ['list', '-m', '-f', '{{.Dir}}', dependency];
  return (await outputOf('go', args, { cwd: path.join(modules, module) })).trim();
}

/** Name and path of each program, by itself in the cache: a new version of one module leaves the others as they are. */
async function builtPrograms(): Promise<readonly (readonly [name: string, file: string])[]> {
  const built: [string, string][] = [];
  for (const [name, [module, main]] of Object.entries(programs)) {
    const folder = path.join(modules, module);
    built.push([name, await goProgram(folder, main, linkerFlagsOf(folder, main))]);
  }
  return built;
}

/**
 * The folder of the programs and documents of the control plane, outside of the tree: another one for each set of
 * versions and each recipe. Builds what is missing from Go modules: 15 minutes on two cores when Go has nothing cached
 * either.
 */
export async function buildPrograms(): Promise<string> {
  const built = await builtPrograms();
  const hash = createHash('sha256')
    .update(JSON.stringify([built, documents]))
    .digest('hex');
  const folder = path.join(cacheRoot(), hash.slice(0, 12));
  for (const [name, program] of built) {
    await once(path.join(folder, name), (file) => symlink(program, file));
  }
  for (const [name, [module, dependency, files]] of Object.entries(documents)) {
    await once(path.join(folder, name), async (file) => {
      const source = await folderOf(module, dependency);
      const texts = files.map((text) => readFileSync(path.join(source, text), 'utf8'));
      await writeFile(file, texts.join('\n---\n'));
    });
  }
  return folder;
}
