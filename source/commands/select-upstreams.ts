import { EpsError } from '../core/error.ts';
import type { Upstream } from '../core/snapshot.ts';
import type { UpstreamOptions } from './line/options.ts';
import { namespaceFlag, sourceFlags } from './line/source-flags.ts';

type Wanted = Pick<UpstreamOptions, 'what' | 'namespace'>;

/** By its id or name; SERVICE says that it is none of these. */
export function isNamed({ id, name }: Pick<Upstream, 'id' | 'name'>, { what }: Wanted): boolean {
  return what?.kind === 'Any' && (id === what.name || name === what.name);
}

/** Of the Service that is asked for. */
export function isOfService(
  service: { readonly namespace: string; readonly name: string } | undefined,
  { what, namespace }: Wanted,
): boolean {
  if (service === undefined || service.name !== what?.name) return false;
  return namespace === '' || service.namespace === namespace;
}

/** Those that were asked for: of the Service, or by id or name. */
export function selectUpstreams(upstreams: readonly Upstream[], wanted: Wanted): readonly Upstream[] {
  if (wanted.what === undefined) return upstreams;
  const named = upstreams.filter((one) => isNamed(one, wanted));
  return named.length > 0 ? named : upstreams.filter(({ service }) => isOfService(service, wanted));
}

export function notFound(name: string, source: string, { from, namespace }: UpstreamOptions): EpsError {
  return new EpsError(`upstreams "${name}" not found in ${source}`, {
    hint: `kubectl eps upstream${namespaceFlag(namespace)}${sourceFlags(from)}`,
  });
}
