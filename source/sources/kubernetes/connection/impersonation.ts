import type { OutgoingHttpHeaders } from 'node:http';
import { asArray, asRecord, asText, optional } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';

/** The Impersonate-* headers that a kubeconfig's `user` asks for, flags included. */
export function impersonationHeaders(user: UnknownRecord): OutgoingHttpHeaders {
  const name = asText(user['as']);
  const uid = asText(user['as-uid']);
  const groups = asArray(user['as-groups']).map(asText);
  const extra = Object.entries(asRecord(user['as-user-extra']));
  if (name === '' && (uid !== '' || groups.length > 0 || extra.length > 0)) {
    throw new EpsError('requesting uid, groups or user-extra without impersonating a user', {
      hint: '--as=USER',
    });
  }
  return {
    ...optional('Impersonate-User', name),
    ...optional('Impersonate-Uid', uid),
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
    ...Object.fromEntries(
      extra.map(([key, values]) => [
        `Impersonate-Extra-${encodeURIComponent(key)}`,
        asArray(values).map(asText),
      ]),
    ),
  };
}
