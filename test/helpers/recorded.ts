import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

type Recorded = { readonly kind: string; readonly [member: string]: unknown };

/** The objects of a recorded cluster as `kubectl get -o json` printed them, untouched. */
export function recordedObjects(name: string): readonly Recorded[] {
  const plain = fileURLToPath(new URL(`../fixtures/cases/${name}/objects.json`, import.meta.url));
  const text = existsSync(plain)
    ? readFileSync(plain, 'utf8')
    : gunzipSync(readFileSync(`${plain}.gz`)).toString('utf8');
  return (JSON.parse(text) as { items: readonly Recorded[] }).items;
}

/** The first one of a kind. */
export function recordedObject(name: string, kind: string): Recorded {
  const found = recordedObjects(name).find((object) => object.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} in ${name}`);
  return found;
}
