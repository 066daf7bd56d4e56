import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot, once } from '../../scripts/build/cache.ts';
import { outputOf } from './plane/execute.ts';

/** Each program: the folder of its go.mod in `go/`, and its main package. */
const programs = {
  etcd: ['etcd', 'go.etcd.io/etcd/server/v3'],
  'kube-apiserver': ['kubernetes', 'k8s.io/kubernetes/cmd/kube-apiserver'],
  'kube-controller-manager': ['kubernetes', 'k8s.io/kubernetes/cmd/kube-controller-manager'],
  'kube-scheduler': ['kubernetes', 'k8s.io/kubernetes/cmd/kube-scheduler'],
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
const buildFlags = ['build', '-trimpath', '-ldflags'];
const linkerFlags = '-s -w';

function go(module: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, CGO_ENABLED: '0' };
  return outputOf('go', args, { cwd: path.join(modules, module), env });
}

async function ask(module: string, field: 'Dir' | 'Version', dependency: string): Promise<string> {
  return (await go(module, ['list', '-m', '-f', `{{.${field}}}`, dependency])).trim();
}

/** Without the version that the linker sets, `/version` of the API server lies. */
async function linkerFlagsOf(module: string): Promise<string> {
  if (module !== 'kubernetes') return linkerFlags;
  const version = await ask(module, 'Version', 'k8s.io/kubernetes');
  return `${linkerFlags} -X k8s.io/component-base/version.gitVersion=${version}`;
}

/** Another one for each set of versions and each recipe. */
function cacheFolder(): string {
  const hash = createHash('sha256').update(JSON.stringify([programs, documents, buildFlags, linkerFlags]));
  for (const module of new Set(Object.values(programs).map(([name]) => name))) {
    for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(path.join(modules, module, file)));
  }
  return path.join(cacheRoot(), hash.digest('hex').slice(0, 12));
}

/**
 * The folder of the programs and documents of the control plane, outside of the tree. Builds what is missing
 * there from Go modules: 15 minutes on two cores when Go has nothing cached either.
 */
export async function buildPrograms(): Promise<string> {
  const folder = cacheFolder();
  for (const [name, [module, main]] of Object.entries(programs)) {
    await once(path.join(folder, name), async (file) => {
      await go(module, [...buildFlags, await linkerFlagsOf(module), '-o', file, main]);
    });
  }
  for (const [name, [module, dependency, files]] of Object.entries(documents)) {
    await once(path.join(folder, name), async (file) => {
      const source = await ask(module, 'Dir', dependency);
      const texts = files.map((text) => readFileSync(path.join(source, text), 'utf8'));
      writeFileSync(file, texts.join('\n---\n'));
    });
  }
  return folder;
}
