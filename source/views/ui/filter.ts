import type { AddressRow } from '../../core/report.ts';
import { layerTitles, stateWords } from './words.ts';

/** One condition of a filter; all of them must hold. */
export type Term = {
  readonly textsOf: (row: AddressRow) => readonly string[];
  readonly pattern: RegExp;
  /** `!`: the rows that do not match. */
  readonly isInverse: boolean;
};

/** Fields that a term may name, as `pod:`. A layer is matched whole: `endpoints` is not `EndpointSlices`. */
const fields = {
  code: ({ because = '' }: AddressRow) => [because],
  pod: ({ pod = '' }: AddressRow) => [pod],
  node: ({ node = '' }: AddressRow) => [node],
  layer: ({ firstDivergence: layer }: AddressRow) => (layer ? [layer, layerTitles[layer]] : []),
};

type Field = keyof typeof fields;

function isField(name: string): name is Field {
  return Object.hasOwn(fields, name);
}

/** Everything the table can show of a row, as it shows it. */
function wholeRow(row: AddressRow): readonly string[] {
  const { address, pod = '', node = '', zone = '', because = '' } = row;
  const states = Object.values(row.in).map((state) => stateWords[state]);
  return [[address, pod, node, zone, ...states, ...fields.layer(row), because].join('  ')];
}

function parseTerm(text: string): Term | undefined {
  const isInverse = text.startsWith('!');
  const [, name = '', fieldPattern = ''] = /^!?([a-z]+):(.*)$/.exec(text) ?? [];
  const field = isField(name) ? name : undefined;
  const source = field ? fieldPattern : text.slice(isInverse ? 1 : 0);
  if (source === '') return undefined;
  const pattern = new RegExp(field === 'layer' ? `^(?:${source})$` : source, 'i');
  return { textsOf: field ? fields[field] : wholeRow, pattern, isInverse };
}

/** The terms of a filter, apart from those still without a pattern; `undefined` when one is no regular expression. */
export function parseFilter(text: string): readonly Term[] | undefined {
  try {
    return text
      .split(/\s+/)
      .map(parseTerm)
      .filter((term) => term !== undefined);
  } catch {
    return undefined;
  }
}

/** The row satisfies every term. */
export function matches(row: AddressRow, terms: readonly Term[]): boolean {
  return terms.every(
    ({ textsOf, pattern, isInverse }) => textsOf(row).some((text) => pattern.test(text)) !== isInverse,
  );
}
