import { printJson } from './json.ts';

/** A whole document for programs; what YAML needs is loaded when it is asked for. */
export async function printDocument(document: unknown, output: 'json' | 'yaml'): Promise<string> {
  return output === 'json' ? printJson(document) : (await import('./yaml.ts')).printYaml(document);
}
