import { compareText } from '../core/address.ts';
import { EpsError, UnreadError } from '../core/error.ts';
import { fullName, type Service } from '../core/kubernetes.ts';
import { parseLabelSelector } from '../core/label-selector.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { writeObjects } from '../sources/files/documents.ts';
import type { ReadOptions } from './line/options.ts';
import { namespaceFlag, sourceFlags } from './line/source-flags.ts';

/** The order of reports. */
export const byNamespaceAndName = (a: Service, b: Service) => compareText(fullName(a), fullName(b));

/** In files no context says the namespace: without `-n` the only Service of that name is meant. */
function oneByName(services: readonly Service[], name: string, { namespace, from }: ReadOptions): Service {
  const named = services.filter((service) => service.name === name);
  const [only, second] =
    namespace === '' ? named : named.filter((service) => service.namespace === namespace);
  const found = second ? named.find((service) => service.namespace === 'default') : only;
  if (found) return found;
  if (second) {
    const namespaces = named.map((service) => service.namespace).sort();
    throw new EpsError(`services "${name}" is in several namespaces: ${namespaces.join(', ')}`, {
      hint: `kubectl eps diff ${name}${namespaceFlag(namespaces[0] ?? 'default')}${sourceFlags(from)}`,
    });
  }
  const known = services.map(fullName).sort();
  throw new EpsError(`services "${name}" not found in the files`, {
    hint: known.length === 0 ? writeObjects : `they hold ${known.slice(0, 5).join(', ')}`,
  });
}

function servicesIn({ services }: Snapshot): readonly Service[] {
  switch (services.state) {
    case 'Read':
      return services.items;
    case 'Unread':
      throw new UnreadError(`cannot read the Services: ${services.reason}`);
    case 'Absent':
      throw new EpsError('the files hold no Service at all', { hint: writeObjects });
  }
}

/** The Services of a Snapshot that were asked for, by namespace and name. */
export function selectServices(snapshot: Snapshot, options: ReadOptions): readonly Service[] {
  const { services, namespace } = options;
  const all = servicesIn(snapshot);
  const inScope = all
    .filter((service) => namespace === '' || service.namespace === namespace)
    .sort(byNamespaceAndName);
  switch (services.kind) {
    case 'Names':
      return [...new Set(services.names)]
        .map((name) => oneByName(all, name, options))
        .sort(byNamespaceAndName);
    case 'Selector': {
      const matches = parseLabelSelector(services.selector);
      return inScope.filter(({ labels }) => matches(labels));
    }
    case 'All':
      return inScope;
  }
}
