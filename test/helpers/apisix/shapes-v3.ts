import { asArray, asRecord } from '../../../source/core/door.ts';
import type { Shapes } from './shapes.ts';
import type { Item } from './store.ts';

/** ngx.re: a pattern that does not compile matches nothing. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}

/** `service_id=x&upstream_id=y`: compared as text, since an id may be a number. */
function hasFields(item: Item, filter: string): boolean {
  return [...new URLSearchParams(filter)]
    .filter(([name]) => name === 'service_id' || name === 'upstream_id')
    .every(([name, wanted]) => String(item.value[name]) === wanted);
}

function isWanted(resource: string, item: Item, query: URLSearchParams): boolean {
  const { value } = item;
  const name = query.get('name');
  const label = query.get('label');
  const uri = query.get('uri');
  const filter = query.get('filter');
  const uris = [value['uri'], ...asArray(value['uris'])].filter((one) => typeof one === 'string');
  return (
    (name === null || matches(name, typeof value['name'] === 'string' ? value['name'] : 'nil')) &&
    (label === null || label in asRecord(value['labels'])) &&
    (uri === null || resource !== 'routes' || uris.some((one) => matches(uri, one))) &&
    (filter === null || resource !== 'routes' || hasFields(item, filter))
  );
}

/** Both parameters or none, and both numbers; else there are no pages. `page` below 1 is 1. */
function pagingOf(query: URLSearchParams): { readonly page: number; readonly size: number } | undefined {
  const size = Number(query.get('page_size') ?? Number.NaN);
  const page = Number(query.get('page') ?? Number.NaN);
  return Number.isNaN(size) || Number.isNaN(page) ? undefined : { size, page: Math.max(page, 1) };
}

/** APISIX 3.18 with `admin_api_version: v3`. */
export const shapesV3: Shapes = {
  list: (resource, items, query) => {
    const wanted = items.filter((item) => isWanted(resource, item, query));
    const paging = pagingOf(query);
    if (paging === undefined) return { list: wanted, total: wanted.length };
    const { page, size } = paging;
    if (size < 10 || size > 500) return 'page_size must be between 10 and 500';
    // A page's order is that of creation.
    const inOrder = wanted.toSorted((a, b) => a.createdIndex - b.createdIndex);
    const list = inOrder.slice((page - 1) * size, page * size);
    // lua-cjson: an empty list is `[]`, an empty page `{}`.
    return { list: list.length === 0 ? {} : list, total: wanted.length };
  },
  item: (item) => item,
  written: ({ key, value }) => ({ key, value }),
  deleted: (key) => ({ key, deleted: '1' }),
};
