import type { Size } from '../layout.ts';
import type { World } from '../model.ts';

/** How far the reading of one kind of object is. */
export type KindRead = {
  /** As in the paths of the API: `endpointslices`. */
  readonly kind: string;
  /** That have come so far. */
  readonly objects: number;
  /** Nothing more of it is awaited at the moment. */
  readonly isRead: boolean;
};

/** What is being read, as long as nothing else is known of it. */
export type Subject = {
  /** `shop/web`, or `services`. */
  readonly title: string;
  /** How far it is now, in the order in which the kinds were asked for. */
  readonly kinds: () => readonly KindRead[];
};

/** A world that is still being read. */
export type Loading = Subject & {
  readonly kind: 'Loading';
  /** Undefined when there is nothing to show. */
  readonly world: Promise<World | undefined>;
};

export type LoadingState = {
  readonly size: Size;
  readonly title: string;
  readonly kinds: readonly KindRead[];
  /** For how long it has been read. */
  readonly ms: number;
};
