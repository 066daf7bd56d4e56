import type { Layer } from '../../../core/snapshot.ts';
import type { WatchEvent } from './events.ts';

export type Named = { readonly namespace?: string; readonly name: string };

/** The objects of one kind as they were at one resourceVersion. */
export type Store<Item> = { readonly items: Map<string, Item>; resourceVersion: string };

const keyOf = ({ namespace = '', name }: Named) => `${namespace}/${name}`;

export function storeOf<Item extends Named>(items: readonly Item[], resourceVersion: string): Store<Item> {
  return { items: new Map(items.map((item) => [keyOf(item), item])), resourceVersion };
}

/** Brings a store up to an event; whether anything is different from then on. */
export function apply<Item extends Named>(store: Store<Item>, event: WatchEvent<Item>): boolean {
  store.resourceVersion = event.resourceVersion;
  switch (event.type) {
    case 'Set':
      store.items.set(keyOf(event.item), event.item);
      return true;
    case 'Deleted':
      return store.items.delete(keyOf(event.item));
    case 'Bookmark':
      return false;
  }
}

export function layerOf<Item>(store: Store<Item>, source: string): Layer<Item> {
  const { items, resourceVersion } = store;
  return { state: 'Read', items: [...items.values()], resourceVersion, source };
}
