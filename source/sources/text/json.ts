import { parseJson } from '../../core/door.ts';

/** What became of a text that should hold JSON values one after another. */
export type JsonValues =
  | { readonly state: 'Values'; readonly values: readonly unknown[] }
  /** It ends in the middle of a value: the program that wrote it was interrupted. */
  | { readonly state: 'CutOff' }
  | { readonly state: 'NotJson' };

/** Objects and lists, one or several, with nothing but white space between: JSON lines, two answers of `curl`. */
export function parseJsonValues(text: string): JsonValues {
  const whole = parseJson(text);
  if (whole !== undefined) return { state: 'Values', values: [whole] };
  const values: unknown[] = [];
  for (let at = nextNonSpace(text, 0); at < text.length;) {
    if (!'{['.includes(text.charAt(at))) return { state: 'NotJson' };
    const end = endOfValue(text, at);
    if (end === undefined) return { state: 'CutOff' };
    const value = parseJson(text.slice(at, end));
    if (value === undefined) return { state: 'NotJson' };
    values.push(value);
    at = nextNonSpace(text, end);
  }
  return values.length > 0 ? { state: 'Values', values } : { state: 'NotJson' };
}

function nextNonSpace(text: string, from: number): number {
  const space = /\s*/y;
  space.lastIndex = from;
  return from + (space.exec(text)?.[0].length ?? 0);
}

/** The index behind the object or list that begins at `start`; `undefined` when it never ends. */
function endOfValue(text: string, start: number): number | undefined {
  const tokens = /"(?:[^"\\]|\\.)*"|"|[{[\]}]/gs;
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (token[0] === '"') return undefined;
    if (token[0] === '{' || token[0] === '[') depth += 1;
    if (token[0] === '}' || token[0] === ']') depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return undefined;
}
