/** A piece of a dependency's text, and what takes its place. */
export type Change = readonly [from: string, to: string];

/** The text with all changes; an error when the dependency is not as it was when they were written. */
export function changed(dependency: string, text: string, changes: readonly Change[]): string {
  return changes.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`${dependency} is not as it was: it has no ${from}`);
    return before.replace(from, to);
  }, text);
}
