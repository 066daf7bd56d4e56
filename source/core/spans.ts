/** Does a piece of work; who measures notes from when to when. */
export type Span = <Value>(name: string, work: () => Value) => Value;

/** Nobody measures. */
export const unmeasured: Span = (_, work) => work();

/** A piece of work that was done; ms on the clock that {@link spansOn} was given. */
export type Recorded = { readonly name: string; readonly start: number; readonly end: number };

export type Spans = {
  readonly span: Span;
  /** Notes from now on, into the list that it gives. */
  readonly record: () => readonly Recorded[];
};

/** Work that gives a promise is done when that is settled. `now` is in ms. */
export function spansOn(now: () => number): Spans {
  let recorded: Recorded[] | undefined;
  return {
    record: () => (recorded = []),
    span: (name, work) => {
      if (!recorded) return work();
      const into = recorded;
      const start = now();
      const note = () => into.push({ name, start, end: now() });
      const value = work();
      if (value instanceof Promise) value.then(note, note);
      else note();
      return value;
    },
  };
}
