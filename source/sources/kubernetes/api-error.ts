import { asRecord, asText } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';

/** The API server answered, with something else than the object asked for. */
export class ApiError extends EpsError {
  /** The HTTP status code. */
  readonly status: number;
  /** What the server said, without kubectl's words before it. */
  readonly serverMessage: string;

  constructor(status: number, reason: string, serverMessage: string) {
    const message =
      status === 401
        ? `You must be logged in to the server (${serverMessage})`
        : `Error from server${reason === '' ? '' : ` (${reason})`}: ${serverMessage}`;
    super(message, { verbatim: status !== 401 });
    this.status = status;
    this.serverMessage = serverMessage;
  }
}

/** What client-go makes of an answer that is not a `Status` object: a proxy's page, an empty body. */
const reasons: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  403: ['Forbidden', 'the server does not allow this request'],
  404: ['NotFound', 'the server could not find the requested resource'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  500: ['InternalError', 'an error on the server has prevented the request from succeeding'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: ['Timeout', 'the server was unable to return a response in the time allotted'],
};

/** The error for an answer that is not 200, in kubectl's words; `body` is the JSON that came, if any. */
export function apiError(status: number, body: unknown): ApiError {
  const { kind, reason, message } = asRecord(body);
  if (kind === 'Status') return new ApiError(status, asText(reason), asText(message));
  return new ApiError(status, ...(reasons[status] ?? ['', `the server answered with HTTP status ${status}`]));
}
