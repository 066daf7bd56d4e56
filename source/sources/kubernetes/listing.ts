/** The objects of one answer, and the moment in the cluster's history that it shows. */
export type Listing<Item> = { readonly items: readonly Item[]; readonly resourceVersion: string };

/** One answer out of several; their resourceVersion survives only when there is one. */
export function joinListings<Item>(listings: readonly Listing<Item>[]): Listing<Item> {
  const [first, second] = listings;
  return {
    items: listings.flatMap(({ items }) => items),
    resourceVersion: first && !second ? first.resourceVersion : '',
  };
}
