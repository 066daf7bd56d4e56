import { fullName, portName, type Service, type ServicePort } from '../../core/kubernetes.ts';
import { backendsIn, isOfGateway, portOf } from '../../core/routes.ts';
import type { Upstream } from '../../core/snapshot.ts';
import type { Known } from '../../gateways/gateway.ts';
import type { UpstreamOptions } from '../line/options.ts';
import { isNamed, isOfService } from '../select-upstreams.ts';
import type { UpstreamSources } from '../upstreams-from-gateway.ts';

/** The ports that a route of the gateway leads to, and that have had no upstream so far. */
function withoutUpstream({ services, routes }: Known, had: readonly Upstream[]): readonly Service[] {
  const owned = new Set(had.map(({ service }) => service && portName(service)));
  const byName = new Map(services.map((service) => [fullName(service), service]));
  const missing = new Map<Service, Set<ServicePort>>();
  for (const backend of routes.filter(isOfGateway).flatMap(backendsIn)) {
    const service = byName.get(fullName(backend));
    const port = service && portOf(service, backend);
    if (!port || owned.has(portName({ ...service, port: port.port }))) continue;
    missing.set(service, (missing.get(service) ?? new Set()).add(port));
  }
  return [...missing].map(([service, ports]) => ({ ...service, ports: [...ports] }));
}

const unseen =
  'Services of all namespaces cannot be listed: an upstream that appears for one of them goes unnoticed';

/** Services that may get an upstream which has not been there so far; the gateway is asked for it by id. */
export async function expectedUpstreams(
  had: readonly Upstream[],
  wanted: Pick<UpstreamOptions, 'what' | 'namespace'>,
  { readKnown, notice }: Pick<UpstreamSources, 'readKnown' | 'notice'>,
): Promise<Known> {
  if (had.some((one) => isNamed(one, wanted))) return { services: [], routes: [] };
  const known = await readKnown();
  const { services, routes, isWhole } = known;
  if (wanted.what !== undefined) {
    return { services: services.filter((service) => isOfService(service, wanted)), routes };
  }
  if (isWhole === false) notice(unseen);
  return { services: withoutUpstream(known, had), routes };
}
