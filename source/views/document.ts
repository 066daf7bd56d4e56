import { jsonLine, printJson } from './json.ts';

/** A whole document for programs; what YAML needs is loaded when it is asked for. */
export async function printDocument(document: unknown, output: 'json' | 'yaml'): Promise<string> {
  return output === 'json' ? printJson(document) : (await import('./yaml.ts')).printYaml(document);
}

/** Documents that come one after the other: a line each, or each behind the mark of YAML. */
export async function printDocuments(
  documents: readonly unknown[],
  output: 'json' | 'yaml',
): Promise<string> {
  if (output === 'json') return documents.map(jsonLine).join('');
  const { printYaml } = await import('./yaml.ts');
  return documents.map((document) => `---\n${printYaml(document)}`).join('');
}
