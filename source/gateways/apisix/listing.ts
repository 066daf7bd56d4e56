import { asArray, asNumber, asRecord, type UnknownRecord } from '../../core/door.ts';
import type { KubeApi } from '../gateway.ts';

/** The HTTP status with which the API server refused; `undefined` when it was something else that failed. */
export function statusOf(error: unknown): number | undefined {
  return asNumber(asRecord(error)['status']);
}

/** The objects under a path; `undefined` when the API server does not give them: no right, no such kind. */
export async function listObjects(
  kube: KubeApi,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly UnknownRecord[] | undefined> {
  try {
    return asArray(asRecord(await kube.get(path, query))['items']).map(asRecord);
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return undefined;
  }
}
