import type { Item } from './store.ts';

/** The bodies of one flavour of the admin API. */
export type Shapes = {
  /** The items come in the order of etcd's keys; a text instead of a body is a 400. */
  readonly list: (resource: string, items: readonly Item[], query: URLSearchParams) => unknown;
  /** `alike`: how many keys begin with this one, itself included. */
  readonly item: (item: Item, alike: number) => unknown;
  readonly written: (item: Item, method: 'PUT' | 'POST') => unknown;
  readonly deleted: (key: string) => unknown;
};
