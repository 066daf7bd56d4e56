/**
 * `npm run build && npm run bench`: medians over interleaved rounds, as ratios within this run: start-up against
 * kubectl's, and the judge's time per address as Services grow.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge } from '../source/core/judge.ts';
import type { Pod, Service } from '../source/core/kubernetes.ts';
import type { Layer, Snapshot } from '../source/core/snapshot.ts';
import { buildPrograms } from '../test/cluster/build.ts';

const rounds = 9;
const program = fileURLToPath(new URL('../dist/kubectl-eps', import.meta.url));

/** ms, by name, the measurements taken in turn so that a busy machine is busy for all of them. */
function medians(measurements: Readonly<Record<string, () => void>>): Readonly<Record<string, number>> {
  const taken = new Map<string, number[]>(Object.keys(measurements).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, measure] of Object.entries(measurements)) {
      const start = performance.now();
      measure();
      taken.get(name)?.push(performance.now() - start);
    }
  }
  const middle = (times: readonly number[]) =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return Object.fromEntries([...taken].map(([name, times]) => [name, middle(times)]));
}

const run =
  (...[command, ...args]: readonly [string, ...string[]]) =>
  () => {
    const { error } = spawnSync(command, args, { stdio: 'ignore' });
    if (error) throw error;
  };

const meta = (name: string) => ({ namespace: 'default', name, uid: name, resourceVersion: '1' });

function read<Item>(items: readonly Item[]): Layer<Item> {
  return { state: 'Read', items, resourceVersion: '', source: 'bench' };
}

const service: Service = {
  ...meta('web'),
  labels: {},
  type: 'ClusterIP',
  selector: { app: 'web' },
  ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 80 }],
  publishNotReadyAddresses: false,
  ipFamilies: ['IPv4'],
};

const ip = (number: number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;

const readyPod = (podIP: string): Pod => ({
  ...meta(podIP),
  labels: { app: 'web' },
  phase: 'Running',
  ready: true,
  terminating: false,
  podIPs: [podIP],
  namedPorts: [],
});

/** A Service of so many ready pods, of which Endpoints holds the first thousand. */
function snapshotOf(count: number): Snapshot {
  const ips = Array.from({ length: count }, (_, number) => ip(number));
  const ports = [{ name: 'http', port: 80, protocol: 'TCP' }];
  const ready = { ready: true, serving: true, terminating: false };
  const slice = { ...meta('web-1'), serviceName: 'web', managedBy: 'endpointslice-controller.k8s.io' };
  const kept = ips.slice(0, 1000).map((podIP) => ({ ip: podIP }));
  const absent = { state: 'Absent' } as const;
  return {
    apiVersion: 'eps/v1',
    kind: 'Snapshot',
    takenAt: '2026-01-01T00:00:00.000Z',
    versions: {},
    replicas: absent,
    services: read([service]),
    pods: read(ips.map(readyPod)),
    endpointSlices: read([
      {
        ...slice,
        terminating: false,
        ports,
        endpoints: ips.map((podIP) => ({ addresses: [podIP], ...ready })),
      },
    ]),
    endpoints: read([
      {
        ...meta('web'),
        overCapacity: 'truncated',
        skipMirror: false,
        subsets: [{ addresses: kept, notReadyAddresses: [], ports }],
      },
    ]),
    nodes: absent,
    apisixRoutes: absent,
    ingresses: absent,
    gatewayRoutes: absent,
    upstreams: absent,
    gatewayGiven: false,
  };
}

const kubectl = path.join(await buildPrograms(), 'kubectl');
const [small, large] = [snapshotOf(5_000), snapshotOf(50_000)];
const times = medians({
  'kubectl version --client': run(kubectl, 'version', '--client'),
  'node -e 0': run(process.execPath, '-e', '0'),
  '--version': run(program, '--version'),
  '--help': run(program, '--help'),
  'a static word': run(program, '__complete', 'di'),
  'demo -o json': run(program, 'demo', '-o', 'json'),
  'judge 5000': () => judge(small, [service]),
  'judge 50000': () => judge(large, [service]),
});
const time = (name: string) => times[name] ?? Number.NaN;
const ratio = (name: string, base: string, scale = 1) =>
  `${name.padEnd(14)} ${(time(name) / time(base) / scale).toFixed(2)} of ${base}${scale === 1 ? '' : ', per address'}\n`;
process.stdout.write(
  ratio('--version', 'kubectl version --client') +
    ratio('--help', 'kubectl version --client') +
    ratio('a static word', 'kubectl version --client') +
    ratio('demo -o json', 'node -e 0') +
    ratio('judge 50000', 'judge 5000', 10),
);
