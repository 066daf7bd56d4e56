import { asRecord, asText } from '../../../core/door.ts';
import type { UnknownRecord } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import { unableToConnect } from './connection-error.ts';

/** Why there are no credentials, in kubectl's words; `cause` comes from a plugin or the file system. */
export function credentialError(cause: unknown, exec: UnknownRecord): EpsError {
  const { code, path } = asRecord(cause);
  const command = asText(exec['command']);
  const reason = cause instanceof Error ? cause.message.trim() : String(cause);
  if (command === '') {
    return typeof path === 'string'
      ? new EpsError(`unable to read credentials due to open ${path}: ${asText(code)}`, { cause })
      : new EpsError(`unable to read credentials: ${reason}`, { cause });
  }
  if (code === 'ENOENT') {
    const hint =
      asText(exec['installHint']).trim() || `install ${command}, the credential plugin of this context`;
    return unableToConnect(`getting credentials: exec: executable ${command} not found`, cause, hint);
  }
  return unableToConnect(`getting credentials: exec: executable ${command} failed: ${reason}`, cause);
}
