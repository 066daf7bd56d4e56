import { asRecord } from '../../core/door.ts';
import type { Permission, PermissionFact } from '../../core/doctor/facts.ts';
import { EpsError } from '../../core/error.ts';
import { ApiError } from './api-error.ts';
import type { Cluster } from './connection.ts';

/** Asks the API server whether the user may do it; an answer that cannot be had is Unknown, not No. */
export async function reviewAccess(
  { review }: Pick<Cluster, 'review'>,
  permission: Permission,
  namespace: string,
): Promise<PermissionFact> {
  const { verb, group, resource, subresource } = permission;
  const attributes = { verb, group, resource, namespace, ...(subresource !== undefined && { subresource }) };
  try {
    const { allowed } = asRecord(asRecord(await review(attributes))['status']);
    return { permission, namespace, allowed: allowed === true ? 'Yes' : 'No' };
  } catch (error) {
    if (!(error instanceof EpsError)) throw error;
    const reason = error instanceof ApiError ? error.serverMessage : error.message;
    return { permission, namespace, allowed: 'Unknown', reason };
  }
}
