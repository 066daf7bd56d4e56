import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../go/', import.meta.url));

/** Each program: the folder of its go.mod under test/cluster/go, and its main package. */
const sources = {
  etcd: ['etcd', 'go.etcd.io/etcd/server/v3'],
  'kube-apiserver': ['kubernetes', 'k8s.io/kubernetes/cmd/kube-apiserver'],
  'kube-controller-manager': ['kubernetes', 'k8s.io/kubernetes/cmd/kube-controller-manager'],
  'kube-scheduler': ['kubernetes', 'k8s.io/kubernetes/cmd/kube-scheduler'],
  kubectl: ['kubernetes', 'k8s.io/kubernetes/cmd/kubectl'],
  kwok: ['kwok', 'sigs.k8s.io/kwok/cmd/kwok'],
  'apisix-ingress-controller': ['ingress-controller', 'github.com/apache/apisix-ingress-controller'],
} as const;

export type Program = keyof typeof sources;

/** Programs and files of the control plane, as paths. */
export type Programs = {
  readonly of: (program: Program) => string;
  /** KWOK's rules for the life of fake nodes and pods. */
  readonly stages: string;
  /** The CustomResourceDefinitions of apisix-ingress-controller, a folder. */
  readonly crds: string;
};

const stageFiles = [
  'node/fast/node-initialize',
  'node/heartbeat/node-heartbeat',
  'pod/fast/pod-ready',
  'pod/fast/pod-delete',
  'pod/fast/pod-complete',
];

function go(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, CGO_ENABLED: '0' };
  const { status, stdout, stderr } = spawnSync('go', args, { cwd: modules + folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`go ${args.join(' ')} in ${folder}: ${stderr}`);
  return stdout.trim();
}

const moduleFolder = (folder: string, path: string) => go(folder, 'list', '-m', '-f', '{{.Dir}}', path);

/** Without the version that the linker sets, `/version` of the API server lies. */
function linkerFlags(folder: string): string {
  if (folder !== 'kubernetes') return '-s -w';
  const version = go(folder, 'list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes');
  return `-s -w -X k8s.io/component-base/version.gitVersion=${version}`;
}

/** Outside the tree, and another one for each set of versions. */
function cacheFolder(): string {
  const hash = createHash('sha256');
  for (const [folder] of Object.values(sources)) hash.update(readFileSync(`${modules}${folder}/go.sum`));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  const cache = process.env['XDG_CACHE_HOME'] ?? `${homedir()}/.cache`;
  return `${cache}/kubectl-eps/${hash.digest('hex').slice(0, 12)}`;
}

/** The control plane's programs, built from Go modules where they are not in the cache: minutes when cold. */
export function buildPrograms(): Programs {
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  for (const [program, [folder, main]] of Object.entries(sources)) {
    const path = `${cache}/${program}`;
    if (existsSync(path)) continue;
    process.stderr.write(`building ${program}\n`);
    go(folder, 'build', '-trimpath', '-ldflags', linkerFlags(folder), '-o', `${path}.part`, main);
    renameSync(`${path}.part`, path);
  }
  const stages = `${cache}/stages.yaml`;
  const kwok = moduleFolder('kwok', 'sigs.k8s.io/kwok');
  const texts = stageFiles.map((file) => readFileSync(`${kwok}/kustomize/stage/${file}.yaml`, 'utf8'));
  writeFileSync(stages, texts.join('\n---\n'));
  const controller = moduleFolder('ingress-controller', 'github.com/apache/apisix-ingress-controller');
  return { of: (program) => `${cache}/${program}`, stages, crds: `${controller}/samples/deploy/crd` };
}

/** Runs a program to its end; throws with what it said when it fails. */
export function runToEnd(program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}
