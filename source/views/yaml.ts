import { dump } from 'js-yaml';

export function printYaml(document: unknown): string {
  return dump(document, { noRefs: true, lineWidth: -1 });
}
