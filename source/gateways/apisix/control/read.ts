import type { Replica, RuntimeUpstream, UpstreamService } from '../../../core/snapshot.ts';
import type { Notice } from '../../gateway.ts';
import type { Transport } from '../transport.ts';
import { askWorkers, type ControlAnswer } from './answer.ts';
import { readHealthChecks } from './health-check.ts';
import { mergeWorkers, parseWorkerUpstream, placeOf, type WorkerUpstream } from './runtime-upstream.ts';

/** An upstream that a Service is expected to have. */
export type Wanted = {
  /** `upstreams/ID`, or `services/ID` and `routes/ID` of what holds it inside. */
  readonly place: string;
  readonly service?: UpstreamService;
};

/** What one pod's control API tells. */
type ControlReading = Pick<Replica, 'isStandalone' | 'runtime' | 'healthChecks'>;

/** Reads those upstreams, by lists where `everything` is wanted and there may be very many. */
export type ReadControl = (wanted: readonly Wanted[], everything: boolean) => Promise<ControlReading>;

/** Why the routes cannot be read; nothing where there are some. */
type AskRoutes = () => Promise<string | undefined>;

type Told =
  | { readonly state: 'Read'; readonly items: readonly WorkerUpstream[] }
  | { readonly state: 'Unread'; readonly reason: string };

/** Two workers are the least that run; nodes that a worker looks up itself may be known to one of many. */
const times = { least: 2, most: 6 };

function itemsIn(answers: readonly ControlAnswer[]): readonly WorkerUpstream[] {
  return answers
    .flatMap((answer) => (answer.kind === 'Items' ? answer.items : []))
    .flatMap((item) => parseWorkerUpstream(item) ?? []);
}

/** Asked often enough, unless nobody knows the nodes yet. */
function isEnough(answers: readonly ControlAnswer[]): boolean {
  const items = itemsIn(answers);
  const isKnown = items.length === 0 || items.some(({ upstream }) => upstream.nodes.state === 'Read');
  return answers.length >= times.least && isKnown;
}

/** `upstreams/ID` is at `/v1/upstream/ID`. */
function pathOf(place: string): string {
  const [resource = '', id = ''] = place.split('/');
  return `/v1/${resource.replace(/s$/, '')}/${encodeURIComponent(id)}`;
}

function reasonIn(answers: readonly ControlAnswer[]): string | undefined {
  return answers.flatMap((answer) => (answer.kind === 'Error' ? [answer.reason] : []))[0];
}

async function readLists(transport: Transport, wanted: readonly Wanted[]): Promise<Told> {
  const resources = new Set(['upstreams', ...wanted.map(({ place }) => place.split('/')[0] ?? '')]);
  const items: WorkerUpstream[] = [];
  for (const resource of resources) {
    const answers = await askWorkers(transport, `/v1/${resource}`, { times: 1 });
    const reason = reasonIn(answers);
    if (reason !== undefined) return { state: 'Unread', reason };
    items.push(...itemsIn(answers));
  }
  return { state: 'Read', items };
}

/** One list, until it shows that there are routes: then the pod has its configuration, and need not be asked again. */
function askRoutes(transport: Transport, notice: Notice): AskRoutes {
  let hasSome = false;
  return async () => {
    if (hasSome) return undefined;
    notice(`${transport.source} lacks an upstream: listing its routes, once, to see whether it has any`);
    const reason = reasonIn(await askWorkers(transport, '/v1/routes', { times: 1 }));
    hasSome = reason === undefined;
    return reason;
  };
}

async function readEach(transport: Transport, wanted: readonly Wanted[], routes: AskRoutes): Promise<Told> {
  const items: WorkerUpstream[] = [];
  for (const { place } of wanted) {
    const answers = await askWorkers(transport, pathOf(place), { times: times.most, isEnough });
    const reason = reasonIn(answers);
    if (reason !== undefined) return { state: 'Unread', reason };
    // A worker that lacks it answers its requests with an error, whatever the others have.
    const isLacked = answers.some(({ kind }) => kind === 'Missing');
    if (!isLacked) items.push(...mergeWorkers(itemsIn(answers)));
  }
  if (items.length === wanted.length) return { state: 'Read', items };
  const reason = await routes();
  return reason === undefined ? { state: 'Read', items } : { state: 'Unread', reason };
}

function owned(items: readonly WorkerUpstream[], wanted: readonly Wanted[]): readonly RuntimeUpstream[] {
  const owners = new Map(wanted.map(({ place, service }) => [place, service]));
  return items.map(({ upstream }) => {
    const service = owners.get(placeOf(upstream));
    return service ? { ...upstream, service } : upstream;
  });
}

/** Reads what the workers of one pod use, and what their health checks probe, again and again. */
export function controlReader(transport: Transport, notice: Notice): ReadControl {
  const routes = askRoutes(transport, notice);
  return async (wanted, everything) => {
    const source = everything
      ? `${transport.source}, of one worker`
      : `${transport.source}, asked ${times.least} times or more: each answer is one worker's`;
    const told = everything ? await readLists(transport, wanted) : await readEach(transport, wanted, routes);
    if (told.state === 'Unread') {
      const layer = { ...told, source };
      return { isStandalone: false, runtime: layer, healthChecks: layer };
    }
    const runtime = owned(told.items, wanted);
    const checked = runtime.filter((_, index) => told.items[index]?.hasChecks);
    return {
      isStandalone: told.items.some(({ isStandalone }) => isStandalone),
      runtime: { state: 'Read', items: runtime, resourceVersion: '', source },
      healthChecks: await readHealthChecks(transport, checked, { everything, times: times.least, source }),
    };
  };
}
