import type { Table } from './table.ts';

/** One condition of a filter; all of them must hold. */
type Term = {
  readonly field: string | undefined;
  readonly pattern: RegExp;
  /** `!`: the rows that do not match. */
  readonly isInverse: boolean;
};

export type Filter =
  | { readonly kind: 'Valid'; readonly terms: readonly Term[] }
  /** `reason` is what the regular expression lacks. */
  | { readonly kind: 'Invalid'; readonly reason: string };

function parseTerm(text: string, fields: Table['fields']): Term | undefined {
  const isInverse = text.startsWith('!');
  const [, name = '', fieldPattern = ''] = /^!?([a-z]+):(.*)$/.exec(text) ?? [];
  const field = Object.hasOwn(fields, name) ? name : undefined;
  const source = field === undefined ? text.slice(isInverse ? 1 : 0) : fieldPattern;
  if (source === '') return undefined;
  const isWhole = field !== undefined && fields[field]?.isWhole === true;
  return { field, pattern: new RegExp(isWhole ? `^(?:${source})$` : source, 'i'), isInverse };
}

/** The terms of a filter, apart from those still without a pattern. */
export function parseFilter(text: string, { fields }: Pick<Table, 'fields'>): Filter {
  try {
    const terms = text.split(/\s+/).map((term) => parseTerm(term, fields));
    return { kind: 'Valid', terms: terms.filter((term) => term !== undefined) };
  } catch (error) {
    // "Invalid regular expression: /(/i: Unterminated group"
    const [reason = ''] = /[^:]+$/.exec(error instanceof Error ? error.message : '') ?? [];
    return { kind: 'Invalid', reason: reason.trim().toLowerCase() };
  }
}

/** Whether a row satisfies one term. */
export function matcher(table: Table, { field, pattern, isInverse }: Term): (index: number) => boolean {
  const at = field === undefined ? undefined : table.fields[field];
  return at
    ? (index) => at.textsAt(index).some((text) => pattern.test(text)) !== isInverse
    : (index) => pattern.test(table.wholeAt(index)) !== isInverse;
}
