import { EpsError } from '../../../core/error.ts';
import { itemsOf, type Layer, type RuntimeUpstream, type Upstream } from '../../../core/snapshot.ts';
import { parseControl } from '../control/answer.ts';
import { placeOf } from '../control/runtime-upstream.ts';
import { controlApi } from '../failure.ts';
import type { Transport } from '../transport.ts';
import { discover, parseDump, type Registry } from './discovery.ts';
import type { Known } from '../../gateway.ts';

/** What kubernetes discovery of one pod found, for all of its workers, or why that is not known. */
type Dump =
  | { readonly state: 'Read'; readonly registries: readonly Registry[] }
  | { readonly state: 'Unread'; readonly reason: string };

/** Reads it anew. */
export type AskDump = () => Promise<Dump>;

const path = '/v1/discovery/kubernetes/dump';

function unread(reason: string): Dump {
  return { state: 'Unread', reason };
}

/** Of a gateway whose control API cannot be reached. */
export function noDump(reason: string): AskDump {
  return () => Promise.resolve(unread(reason));
}

/** By the control API of a pod. The answer holds a token: nothing of it is kept but what `parseDump` takes. */
export function askDump(control: Transport): AskDump {
  return async () => {
    try {
      const answer = await control.get(path, undefined);
      if (answer.status === 404) {
        return unread(`${controlApi} has no dump of kubernetes discovery (404): APISIX before 3.10 has none`);
      }
      const told = parseControl(answer, control.source);
      if (told.kind === 'Error') return unread(told.reason);
      const registries = told.kind === 'Items' ? parseDump(told.items[0]) : undefined;
      return registries
        ? { state: 'Read', registries }
        : unread(`${controlApi} answered with something that is no dump of kubernetes discovery`);
    } catch (cause) {
      if (!(cause instanceof EpsError)) throw cause;
      return unread(cause.message);
    }
  };
}

const isSought = ({ discovery, nodes }: Upstream) =>
  discovery?.type === 'kubernetes' && nodes.state === 'Unread';

function because(upstream: Upstream, reason: string): Upstream {
  const { nodes } = upstream;
  if (!isSought(upstream) || nodes.state === 'Read') return upstream;
  return { ...upstream, nodes: { state: 'Unread', reason: `${nodes.reason}; ${reason}` } };
}

/** Upstreams with the nodes that kubernetes discovery found; it is asked only where some have them from there. */
export async function withDiscovered(
  layer: Layer<Upstream>,
  known: Known,
  ask: AskDump,
): Promise<Layer<Upstream>> {
  if (layer.state !== 'Read' || !layer.items.some(isSought)) return layer;
  const dump = await ask();
  const items =
    dump.state === 'Read'
      ? discover(layer.items, dump.registries, known)
      : layer.items.map((upstream) => because(upstream, dump.reason));
  return { ...layer, items };
}

/**
 * What the workers of a pod use: where nodes are discovered, those of the pod's dump, which each request looks into.
 * What a worker remembers is of its last request.
 */
export function asDiscovered(
  runtime: Layer<RuntimeUpstream>,
  configured: Layer<Upstream>,
): Layer<RuntimeUpstream> {
  if (runtime.state !== 'Read') return runtime;
  const found = new Map(
    itemsOf(configured)
      .filter(({ discovery, nodes }) => discovery && nodes.state === 'Read')
      .map((upstream) => [placeOf(upstream), upstream.nodes]),
  );
  const items = runtime.items.map((one) => ({ ...one, nodes: found.get(placeOf(one)) ?? one.nodes }));
  return { ...runtime, items };
}
