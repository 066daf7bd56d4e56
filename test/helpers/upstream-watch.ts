import { onTestFinished } from 'vitest';
import { main } from '../../source/commands/main.ts';
import type { UpstreamEvent } from '../../source/core/report.ts';
import { idOfName } from '../../source/gateways/apisix/name.ts';
import { sendJson, sendStatus } from './api-server.ts';
import { startApisix, type Apisix } from './apisix/server.ts';
import { folder, serve } from './cluster.ts';
import { fakeIo } from './io.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { secrets } from './secrets.ts';

const { adminKey } = secrets;

/** Weights of nodes by host. */
type Weights = Readonly<Record<string, number>>;

export const nodes = (weights: Weights) =>
  Object.entries(weights).map(([host, weight]) => ({ host, port: 8080, weight }));

const service = (name: string) => ({
  metadata: { namespace: 'shop', name, uid: name, resourceVersion: '1' },
  spec: { ports: [{ port: 80, targetPort: 8080 }], selector: { app: name } },
});

const routeTo = (name: string) => ({
  metadata: { namespace: 'shop', name, uid: `route-${name}`, resourceVersion: '1' },
  spec: { http: [{ name: 'all', backends: [{ serviceName: name, servicePort: 80 }] }] },
});

/** Services of the namespace shop by name, and those that an ApisixRoute leads to. */
type World = { readonly services: readonly string[]; readonly routed: readonly string[] };

async function clusterOf({ services, routed }: World): Promise<string> {
  const { url } = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://test');
    const [, named = ''] = /^\/api\/v1\/namespaces\/shop\/services\/(.*)$/.exec(pathname) ?? [];
    const list = (items: readonly unknown[]) => {
      sendJson(response, { metadata: { resourceVersion: '1' }, items });
    };
    // Only who looks for a gateway says which.
    if (searchParams.has('labelSelector')) list([]);
    else if (pathname === '/api/v1/services') list(services.map(service));
    else if (services.includes(named)) sendJson(response, service(named));
    else if (pathname.endsWith('/apisixroutes')) list(routed.map(routeTo));
    else sendStatus(response, 404, 'NotFound', 'the server could not find the requested resource');
  });
  return folder().write('config', kubeconfigText(url));
}

type Watched = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** ms between two readings. */
  readonly pauses: readonly number[];
  /** What each reading has asked the admin API for. */
  readonly asked: readonly (readonly string[])[];
};

/** Beside an APISIX, a watch that does these steps instead of waiting, and is stopped after the last. */
export type UpstreamWatch = {
  readonly apisix: Apisix;
  /** An upstream of this name, under the id that controllers would give it if none is said. */
  readonly put: (name: string, weights: Weights, id?: string) => void;
  readonly watched: (
    words: readonly string[],
    steps: readonly (() => void)[],
    world?: World,
  ) => Promise<Watched>;
};

export async function upstreamWatch(): Promise<UpstreamWatch> {
  const apisix = await startApisix({ flavour: 'v3', adminKey });
  onTestFinished(apisix.close);
  return {
    apisix,
    put: (name, weights, id = idOfName(name)) => {
      apisix.put('upstreams', id, { id, name, type: 'roundrobin', nodes: nodes(weights) });
    },
    watched: async (words, steps, world = { services: ['web', 'api'], routed: [] }) => {
      const flags = ['--kubeconfig', await clusterOf(world), '--apisix-url', apisix.adminUrl];
      const { io, stdout, stderr, abort } = fakeIo(['upstream', '-w', ...words, ...flags]);
      const left = [...steps];
      const pauses: number[] = [];
      const asked: string[][] = [];
      const wait = async (ms: number): Promise<void> => {
        const paths = apisix.requests.slice(asked.flat().length).map(({ path }) => path);
        asked.push(paths.map((path) => path.replace('/apisix/admin/', '')));
        const step = left.shift();
        if (!step) {
          abort();
          throw new Error('stopped');
        }
        pauses.push(ms);
        await io.wait(ms);
        step();
      };
      const code = await main({ ...io, env: { APISIX_ADMIN_KEY: adminKey }, wait });
      return { code, stdout: stdout(), stderr: stderr(), pauses, asked };
    },
  };
}

/** The lines of `-o json`. */
export function eventsIn({ stdout }: Pick<Watched, 'stdout'>): readonly UpstreamEvent[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as UpstreamEvent);
}

/** `Changed apisix web +10.0.0.3:8080 -10.0.0.1:8080 10.0.0.2:8080:100->0`, `Unread apisix refused`. */
export function brief(event: UpstreamEvent): string {
  if (!('upstream' in event)) {
    const reason = event.type === 'Unread' ? [event.reason] : [];
    return [event.type, event.replica ?? event.gateway, ...reason].join(' ');
  }
  const { type, upstream, added, removed, weights } = event;
  const changes = [
    ...added.map((address) => `+${address}`),
    ...removed.map((address) => `-${address}`),
    ...weights.map(({ address, from, to }) => `${address}:${from}->${to}`),
  ];
  return [type, upstream.replica ?? upstream.gateway, upstream.name, ...changes].join(' ');
}
