/** Single-character edits from one word to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const [diagonal = 0, above = 0] = row.slice(column, column + 2);
      next.push(letter === other ? diagonal : 1 + Math.min(diagonal, above, next[column] ?? 0));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** cobra's suggestions, the nearest first: at most two edits away, or begun like the word; in any case of letters. */
export function similarNames(word: string, names: readonly string[]): readonly string[] {
  const lower = word.toLowerCase();
  return names
    .map((name) => ({ name, edits: distance(lower, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= 2 || name.toLowerCase().startsWith(lower))
    .sort((a, b) => a.edits - b.edits)
    .map(({ name }) => name);
}
