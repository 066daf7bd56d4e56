import type { Reader } from './reader.ts';

/** kubectl's words for a question that nothing answers to. */
export function noResources({ namespace }: Pick<Reader, 'namespace'>): string {
  return namespace === '' ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`;
}
