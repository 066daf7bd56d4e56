import { asRecord, asText } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';

/** What people call the servers behind the transports. */
export const adminApi = 'the APISIX admin API';
export const controlApi = 'the APISIX control API';

/** Nobody listens on a port: in the words of kubelets, curl and wget, and in ours. */
export function isRefused(reason: string): boolean {
  return /connection refused|couldn't connect to server/i.test(reason);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no such host',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ETIMEDOUT: 'connection timed out',
  ECONNRESET: 'it closed the connection without an answer',
  EPIPE: 'it closed the connection without an answer',
  EPROTO: 'it does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by unknown authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by unknown authority',
};

/** Why no answer came; what is an EpsError already says so itself. `cause` is told by its code. */
export function transportError(cause: unknown, source: string, api: string): EpsError {
  if (cause instanceof EpsError) return cause;
  const code = asText(asRecord(cause)['code']);
  const reason =
    reasons[code] ?? (code.startsWith('HPE_') ? 'it does not speak HTTP' : code || 'no connection');
  return new EpsError(`cannot read ${api} at ${source}: ${reason}`, { cause });
}
