import { EpsError } from '../../../core/error.ts';
import { asRecord, asText } from '../../../core/door.ts';

/** No answer came from the API server: what kubectl says of it. `cause` is told by its code, never its message. */
export function connectionError(cause: unknown, server: URL): EpsError {
  const code = asText(asRecord(cause)['code']);
  if (code === 'ECONNREFUSED') {
    return new EpsError(
      `The connection to the server ${server.host} was refused - did you specify the right host or port?`,
      { cause, verbatim: true },
    );
  }
  return unableToConnect(wordsOf(code, cause, server), cause);
}

/** kubectl's preamble of everything that goes wrong before an answer is there. */
export function unableToConnect(reason: string, cause?: unknown, hint?: string): EpsError {
  return new EpsError(`Unable to connect to the server: ${reason}`, {
    cause,
    verbatim: true,
    ...(hint !== undefined && { hint }),
  });
}

/** Our own code, beside the operating system's: `--request-timeout` is over. */
export const deadlineExceeded = 'DEADLINE_EXCEEDED';

/** OpenSSL's codes for a chain that ends in no certificate we trust. */
const unknownAuthority = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const unverified = 'tls: failed to verify certificate: x509: ';

/** The same failure as Go's network and TLS packages word it; Node's own words where they have none. */
function wordsOf(code: string, cause: unknown, server: URL): string {
  if (unknownAuthority.has(code)) return `${unverified}certificate signed by unknown authority`;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${server.hostname}: no such host`;
    case 'ETIMEDOUT':
      return `dial tcp ${server.host}: i/o timeout`;
    case deadlineExceeded:
      return 'net/http: request canceled (Client.Timeout exceeded while awaiting headers)';
    case 'EHOSTUNREACH':
      return `dial tcp ${server.host}: connect: no route to host`;
    case 'ENETUNREACH':
      return `dial tcp ${server.host}: connect: network is unreachable`;
    case 'ECONNRESET':
      return 'EOF';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return `${unverified}certificate has expired or is not yet valid`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return unverified + wrongName(cause);
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return 'http: server gave HTTP response to HTTPS client';
    case 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED':
      return 'remote error: tls: certificate required';
    default:
      return cause instanceof Error ? cause.message : String(cause);
  }
}

/** The names in the certificate and the one that was looked for, which Node hands over beside the error. */
function wrongName(cause: unknown): string {
  const { host, cert } = asRecord(cause);
  const names = asText(asRecord(cert)['subjectaltname']).replaceAll(/(?:DNS|IP Address):/g, '');
  return `certificate is valid for ${names || 'no name'}, not ${asText(host)}`;
}
