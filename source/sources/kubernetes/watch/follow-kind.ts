import { setTimeout as wait } from 'node:timers/promises';
import { EpsError } from '../../../core/error.ts';
import type { Layer } from '../../../core/snapshot.ts';
import { ApiError } from '../api-error.ts';
import type { Cluster } from '../connection.ts';
import type { Kind } from '../kinds.ts';
import { list, reasonOf, type Selection } from '../layer.ts';
import { openWatch, type Watch, type WatchEvent } from './events.ts';
import { pauseAfter, type Pace } from './pace.ts';
import { apply, layerOf, storeOf, type Named, type Store } from './store.ts';

export type FollowOptions = {
  readonly pace: Pace;
  readonly now: () => Date;
  /** Called after each change of the objects, or of how current they are. */
  readonly changed: () => void;
  /** Called once with what is no failure of the cluster but ours; nothing is followed any more. */
  readonly failed: (error: unknown) => void;
};

type Source = Pick<Cluster, 'server' | 'list' | 'stream'>;

/** Of a server that does not know WatchList, or has it switched off. */
const knowsNoWatchList = (error: unknown) =>
  error instanceof ApiError && (error.status === 400 || error.status === 422);

/** What happened since our last resourceVersion is no longer known there. */
const isGone = (error: unknown) => error instanceof ApiError && error.status === 410;

/** Of a user that has no right to watch, or of a server that cannot. */
const mayNotWatch = (error: unknown) =>
  error instanceof ApiError && (error.status === 403 || error.status === 405);

/** The pause of half a second to a second: all that were too late are so at the same time. */
const failuresWhenGone = 2;

const endlessList = new EpsError('the server does not say where its list ends');

const isInitialEnd = (event: WatchEvent<unknown>) => event.type === 'Bookmark' && event.isInitialEnd;

/**
 * The objects of one kind, kept in step by list and watch, as one request where the server has WatchList. What may not
 * be watched is listed now and then.
 */
export class FollowedKind<Item extends Named> {
  readonly #cluster: Source;
  readonly #kind: Kind<Item>;
  readonly #selection: Selection;
  readonly #options: FollowOptions;
  readonly #stopped = new AbortController();
  #connection = new AbortController();
  #store: Store<Item> | undefined;
  #isGone = false;
  #hasWatchList = true;
  #readAt: string | undefined;
  #trouble: string | undefined;
  #failures = 0;

  constructor(cluster: Source, kind: Kind<Item>, selection: Selection, options: FollowOptions) {
    this.#cluster = cluster;
    this.#kind = kind;
    this.#selection = selection;
    this.#options = options;
    this.#run().catch(options.failed);
  }

  /** As last known; Unread until it was read for the first time. */
  layer(): Layer<Item> {
    const source = this.#cluster.server;
    if (this.#store) return layerOf(this.#store, source);
    return { state: 'Unread', reason: this.#trouble ?? 'it is being read', source };
  }

  /** RFC 3339: of the last list where there is no watch; undefined where there is one. */
  get readAt(): string | undefined {
    return this.#readAt;
  }

  /** Why it may be out of step by now; undefined while a watch is open on it, or the last list came. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** It was read, or cannot be. */
  get isSettled(): boolean {
    return this.#store !== undefined || this.#trouble !== undefined;
  }

  get #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** Drops the connection for a reason; the next one goes on from where it ended. */
  reconnect(reason: EpsError): void {
    this.#connection.abort(reason);
  }

  /** Closes the connection at once. */
  stop(): void {
    this.#stopped.abort();
    this.#connection.abort();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#connection = new AbortController();
      try {
        await this.#follow();
        this.#failures += 1;
      } catch (error) {
        const dropped = this.#connection.signal;
        this.#fail(dropped.aborted ? dropped.reason : error);
      }
      const pause = pauseAfter(this.#failures, this.#options.pace, Math.random());
      await wait(pause, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }

  #fail(error: unknown): void {
    if (this.#isStopped) return;
    if (!(error instanceof EpsError)) throw error;
    this.#failures = isGone(error) ? failuresWhenGone : this.#failures + 1;
    this.#isGone ||= isGone(error);
    const trouble = reasonOf(error);
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#options.changed();
  }

  #isInStep(store: Store<Item>, readAt?: string): void {
    this.#store = store;
    this.#readAt = readAt;
    this.#isGone = false;
    this.#trouble = undefined;
    this.#options.changed();
  }

  /** Resolves when the server has ended the watch in order, as it does from time to time, or the next list is due. */
  async #follow(): Promise<void> {
    try {
      await this.#keepWatching();
    } catch (error) {
      if (!mayNotWatch(error)) throw error;
      await this.#poll();
    }
  }

  async #keepWatching(): Promise<void> {
    if (this.#store && !this.#isGone) return this.#watch(this.#store);
    if (this.#hasWatchList) return this.#watchList();
    const { items, resourceVersion } = await list(this.#cluster, this.#kind, this.#selection);
    return this.#watch(storeOf(items, resourceVersion));
  }

  async #poll(): Promise<void> {
    const { items, resourceVersion } = await list(this.#cluster, this.#kind, this.#selection);
    if (this.#isStopped) return;
    this.#failures = 0;
    this.#isInStep(storeOf(items, resourceVersion), this.#options.now().toISOString());
    await wait(this.#options.pace.poll, undefined, { signal: this.#connection.signal });
  }

  async #watch(store: Store<Item>): Promise<void> {
    const watch = await this.#open({ resourceVersion: store.resourceVersion });
    this.#isInStep(store);
    for await (const events of watch) {
      if (this.#apply(store, events)) this.#options.changed();
    }
  }

  /** The objects and what happens to them in one: a new store is filled, and used when it is whole. */
  async #watchList(): Promise<void> {
    const store = storeOf<Item>([], '');
    const silence = setTimeout(() => {
      if (this.#store !== store) this.reconnect(endlessList);
    }, this.#options.pace.silence);
    try {
      const query = { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' };
      for await (const events of await this.#open(query)) {
        silence.refresh();
        const isChanged = this.#apply(store, events);
        if (events.some(isInitialEnd)) this.#isInStep(store);
        else if (isChanged && this.#store === store) this.#options.changed();
      }
      // What is dropped may end as if the server had ended it.
      this.#connection.signal.throwIfAborted();
    } catch (error) {
      const isEndless = this.#connection.signal.reason === endlessList;
      if (!isEndless && !knowsNoWatchList(error)) throw error;
      this.#hasWatchList = false;
      this.#connection = new AbortController();
      await this.#keepWatching();
    } finally {
      clearTimeout(silence);
    }
  }

  #open(query: Readonly<Record<string, string>>): Promise<Watch<Item>> {
    const signal = AbortSignal.any([this.#stopped.signal, this.#connection.signal]);
    return openWatch(this.#cluster, this.#kind, this.#selection, { query, signal });
  }

  /** Whether anything is different from then on. */
  #apply(store: Store<Item>, events: readonly WatchEvent<Item>[]): boolean {
    this.#failures = 0;
    return events.map((event) => apply(store, event)).includes(true);
  }
}
