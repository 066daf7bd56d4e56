import { formatAddress } from '../address.ts';
import type { Truth } from '../expected.ts';
import { groupBy } from '../group-by.ts';
import { upstreamsOfPort } from '../observed.ts';
import type { Scope } from '../scope.ts';
import { itemsOf, type Layer, type Upstream } from '../snapshot.ts';
import { dialled } from '../upstream-nodes.ts';

/** `PORT ADDRESS` of every node of a Service's ports. */
function nodesOf({ service }: Scope, upstreams: Layer<Upstream>): ReadonlySet<string> {
  const nodes = service.ports.flatMap(({ name, port }) =>
    upstreamsOfPort({ upstreams }, port).flatMap((one) =>
      itemsOf(one.nodes).map((node) => `${name} ${formatAddress(dialled(one, node))}`),
    ),
  );
  return new Set(nodes);
}

/** What a pod of a gateway told of its configuration. */
type Told = {
  readonly gateway: string;
  readonly upstreams: Extract<Layer<Upstream>, { readonly state: 'Read' }>;
};

/** The one of a gateway's pods that stands for all: of those that disagree one that is right, else one of most. */
function best(scope: Scope, told: readonly Told[], wanted: ReadonlySet<string>): readonly Told[] {
  const groups = groupBy(told, ({ upstreams }) => [...nodesOf(scope, upstreams)].sort().join('\n'));
  const ranked = [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const nodes = nodesOf(scope, first.upstreams);
    const right = [...nodes].filter((node) => wanted.has(node)).length;
    return [{ first, size: members.length, faults: wanted.size + nodes.size - 2 * right }];
  });
  ranked.sort((a, b) => a.faults - b.faults || b.size - a.size);
  return ranked.slice(0, 1).map(({ first }) => first);
}

/**
 * What the gateway is configured with for a Service. Where every pod was asked, one that is wrong does not stand for
 * all: it is told as one that differs from the others.
 */
export function configurationOf(scope: Scope, { addresses }: Truth): Layer<Upstream> {
  const told = itemsOf(scope.replicas).flatMap(({ gateway, upstreams }) =>
    upstreams.state === 'Read' ? [{ gateway, upstreams }] : [],
  );
  if (told.length === 0) return scope.upstreams;
  const wanted = addresses.filter(({ expected }) => expected.Upstream === 'Ready');
  const texts = new Set(wanted.map(({ port, address }) => `${port} ${formatAddress(address)}`));
  const gateways = [...groupBy(told, ({ gateway }) => gateway).values()];
  const layers = gateways.flatMap((own) => best(scope, own, texts)).map(({ upstreams }) => upstreams);
  return {
    state: 'Read',
    items: layers.flatMap(({ items }) => items),
    resourceVersion: '',
    source: layers.map(({ source }) => source).join(', '),
  };
}
