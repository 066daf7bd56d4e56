import type { ClusterEvent, Service } from '../../../core/kubernetes.ts';
import type { Action, State } from '../state.ts';

export type ReadEvents = (service: Service) => Promise<readonly ClusterEvent[]>;

/** ms between two readings of events, which nobody watches. */
const every = 10_000;

/** Reads events while their tab is open. Ask after every change of the state. */
export function eventsReader(read: ReadEvents, dispatch: (action: Action) => void): (state: State) => void {
  let asked = { name: '', at: -Infinity };
  let isReading = false;
  return ({ view, now }) => {
    if (view.place !== 'events' || isReading) return;
    const { name, model } = view.opened;
    if (asked.name === name && now - asked.at < every) return;
    asked = { name, at: now };
    isReading = true;
    read(model.scope.service)
      .then(
        (items): Action => ({ kind: 'events', name, events: { state: 'Read', items } }),
        (error: unknown): Action => {
          const reason = error instanceof Error ? error.message : String(error);
          return { kind: 'events', name, events: { state: 'Unread', reason } };
        },
      )
      .then((action) => {
        isReading = false;
        dispatch(action);
      })
      .catch(() => undefined);
  };
}
