import { readAdmin, readConfigs, type Reading, type Resource, type Wanted } from '../admin.ts';
import type { Transport } from '../transport.ts';
import { readEtcd } from './etcd.ts';

/** Reads objects of one APISIX, wherever it keeps them. */
export type Ask = (resource: Resource, wanted: Wanted) => Promise<Reading>;

/**
 * Of the admin API; where that is not, of the one document of a standalone APISIX, and last of an etcd. Which one
 * it is, is found out once: a server without an admin API never gets one.
 */
export function askApisix(transport: Transport, key: string | undefined): Ask {
  const admin: Ask = (resource, wanted) => readAdmin(transport, key, resource, wanted);
  const others: readonly Ask[] = [
    () => readConfigs(transport, key),
    (resource, wanted) => readEtcd(transport, resource, wanted),
  ];
  let known: Ask | undefined;

  return async (resource, wanted) => {
    if (known) return known(resource, wanted);
    const first = await admin(resource, wanted);
    if (first.state === 'Read' || !first.isNoAdmin) return first;
    for (const ask of others) {
      const reading = await ask(resource, wanted);
      if (reading.state === 'Unread' && reading.isNoAdmin) continue;
      known = ask;
      return reading;
    }
    return first;
  };
}
