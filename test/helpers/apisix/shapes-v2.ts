import type { Shapes } from './shapes.ts';

/** APISIX 2.15: etcd's v2 shapes, kept by hand. Paging and filters are ignored without a word. */
export const shapesV2: Shapes = {
  list: (resource, items) => ({
    action: 'get',
    node: { dir: true, key: `/apisix/${resource}`, nodes: items },
    count: items.length,
  }),
  // The count of a single GET is what etcd's read of the prefix found: `hash` counts `hash-noport` too.
  item: ({ key, value }, alike) => ({ action: 'get', node: { key, value }, count: alike }),
  written: ({ key, value }, method) => ({
    action: method === 'PUT' ? 'set' : 'create',
    node: { key, value },
  }),
  deleted: (key) => ({ action: 'delete', deleted: '1', key, node: {} }),
};
