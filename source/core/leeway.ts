import { familyOf } from './address.ts';
import type { Draft } from './drafts.ts';
import type { Expected } from './expected.ts';
import type { PortState } from './gateway-ports.ts';
import { upstreamsOfPort } from './observed.ts';
import type { Scope } from './scope.ts';
import { mayHold } from './upstream-nodes.ts';

/** An upstream that holds no address of the second family follows the first one only, which is legal. */
function upstreamFamilies(scope: Scope, drafts: readonly Draft[]): (draft: Draft) => boolean {
  const family = scope.service.ipFamilies[0];
  const isSecond = ({ address }: Draft) => {
    const own = familyOf(address.host);
    return own !== undefined && own !== family;
  };
  const mixed = new Set(
    drafts.filter((draft) => draft.seen.Upstream && isSecond(draft)).map(({ port }) => port),
  );
  return (draft) => isSecond(draft) && !mixed.has(draft.port);
}

/** What the gateway may hold or lack of a Service port's addresses without being wrong. */
export type Leeway = {
  readonly mayLack: (draft: Draft) => boolean;
  readonly mayHold: (draft: Draft) => boolean;
};

/** What the upstream should hold of an address, in view of what is known of the port's upstreams. */
export function expectedUpstream(draft: Draft, state: PortState, { mayLack, mayHold }: Leeway): Expected {
  const { Upstream } = draft.expected;
  if (state === 'None' || state === 'Unread') return 'Any';
  if (familyOf(draft.address.host) === undefined) return 'Any';
  if (Upstream === 'Ready' && (state === 'Partial' || mayLack(draft))) return 'Any';
  return Upstream === 'Absent' && mayHold(draft) ? 'Any' : Upstream;
}

/** `PORT ADDRESS` of what pods have. */
function keysOfPods(drafts: readonly Draft[]): ReadonlySet<string> {
  return new Set(drafts.flatMap(({ port, text, pods }) => (pods.length > 0 ? [`${port} ${text}`] : [])));
}

export function leewayOf(scope: Scope, drafts: readonly Draft[]): Leeway {
  // Few upstreams make anybody ask.
  let ofPods: ReadonlySet<string> | undefined;
  const isOfPod = (address: string) => (ofPods ??= keysOfPods(drafts)).has(address);
  const spare = new Map(
    scope.service.ports.map(({ name, port }) => [
      name,
      mayHold(upstreamsOfPort(scope, port), (address) => isOfPod(`${name} ${address}`)),
    ]),
  );
  return {
    mayLack: upstreamFamilies(scope, drafts),
    mayHold: ({ port, text }) => spare.get(port)?.has(text) ?? false,
  };
}
