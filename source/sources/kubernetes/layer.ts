import { optional } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import type { Layer } from '../../core/snapshot.ts';
import { ApiError } from './api-error.ts';
import type { Cluster } from './connection.ts';
import { versionsOf, type Kind } from './kinds.ts';
import type { Listing } from './listing.ts';
import { listPath, objectPath } from './paths.ts';

/** Of one kind. */
export type Selection = {
  /** Absent for all, and for kinds that have none. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string;
};

/** As the query of a list or a watch has them. */
export function selectorsOf({ labelSelector, fieldSelector }: Selection): Readonly<Record<string, string>> {
  return { ...optional('labelSelector', labelSelector), ...optional('fieldSelector', fieldSelector) };
}

/** Everything of one kind in a namespace, or in all. No `limit`: pages cost 1.2 to 1.4 times the time of one list. */
export function list<Item>(
  cluster: Pick<Cluster, 'list'>,
  kind: Kind<Item>,
  selection: Selection,
): Promise<Listing<Item>> {
  return cluster.list(listPath(kind, selection.namespace), selectorsOf(selection), kind);
}

type Versioned = { readonly uid: string; readonly resourceVersion: string };

/** Those of `before`, all of which are still as they were; undefined where one is not. */
function unchanged<Item extends Versioned>(
  now: readonly Versioned[],
  before: readonly Item[],
): readonly Item[] | undefined {
  const known = new Map(before.map((item) => [item.uid, item]));
  const same: Item[] = [];
  for (const { uid, resourceVersion } of now) {
    const item = known.get(uid);
    if (item?.resourceVersion !== resourceVersion) return undefined;
    same.push(item);
  }
  return same;
}

/** As {@link list}: of what was read before only the versions are asked for, and all of it where one has changed. */
export async function listAgain<Item extends Versioned>(
  cluster: Pick<Cluster, 'list'>,
  kind: Kind<Item>,
  selection: Selection,
  before: Layer<Item> | undefined,
): Promise<Listing<Item>> {
  if (before?.state === 'Read') {
    const now = await list(cluster, versionsOf(kind), selection);
    const items = unchanged(now.items, before.items);
    if (items) return { items, resourceVersion: now.resourceVersion };
  }
  return list(cluster, kind, selection);
}

/**
 * One object by its name, as JSON: the API server compresses from 128 KiB on, and the greatest of them, an Endpoints of
 * 1000 addresses, stays below that in protobuf only.
 */
export async function getObject<Item>(
  cluster: Cluster,
  kind: Kind<Item>,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<Item> {
  return kind.parse(await cluster.get(objectPath(kind, namespace, name)));
}

/** Without kubectl's words before it where it was the server that spoke. */
export function reasonOf(error: EpsError): string {
  return error instanceof ApiError ? error.serverMessage : error.message;
}

/** A reading that may fail without the others failing: the server's own words become the reason. */
export async function readLayer<Item>(
  { server }: Cluster,
  reading: Promise<Listing<Item>>,
): Promise<Layer<Item>> {
  try {
    return { state: 'Read', ...(await reading), source: server };
  } catch (error) {
    if (!(error instanceof EpsError)) throw error;
    return { state: 'Unread', reason: reasonOf(error), source: server };
  }
}

/** `undefined` where the server says that there is no such thing. */
export async function unlessNotFound<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
