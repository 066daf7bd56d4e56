import { dump, visit, type Document } from 'js-yaml';
import { escapeCode } from './escape.ts';

/** What reorders text is as printable to YAML as any letter. */
const disguising = /\p{Bidi_Control}/gu;

/** In double quotes it can be escaped. */
function quoteDisguised(documents: Document[]): void {
  visit(documents, (node) => {
    if (node.kind === 'scalar' && node.value.search(disguising) >= 0) node.style.doubleQuoted = true;
  });
}

/** Harmless to a terminal. */
export function printYaml(document: unknown): string {
  const text = dump(document, { noRefs: true, lineWidth: -1, transform: quoteDisguised });
  return text.replace(disguising, escapeCode);
}
