/** The captures that are one page of 22 upstreams, and how many of those are on it. */
export const pages: ReadonlyMap<string, number> = new Map([
  ['v3/upstreams-page_0-page_size_10', 10],
  ['v3/upstreams-page_1-page_size_10', 10],
  ['v3/upstreams-page_3-page_size_10', 2],
  ['v3/upstreams-page_4-page_size_10', 0],
]);
