import { EpsError } from '../../../core/error.ts';
import { describeHtml } from '../../text/html.ts';
import { parseJsonValues } from '../../text/json.ts';
import { apiError, type ApiError } from '../api-error.ts';
import { decodeProtobuf, protobufType } from '../protobuf/decode.ts';
import type { Answer } from './answer.ts';

export const jsonType = 'application/json';

/** What a body holds; `problem` says why nothing. */
type Parsed = { readonly value: unknown } | { readonly problem: string; readonly cause?: unknown };

function parseBody({ body, contentType }: Body): Parsed {
  // Nothing but lists is asked for as protobuf, so that it is a Status instead of one.
  if (contentType === protobufType) {
    try {
      return { value: decodeProtobuf(body, []) };
    } catch (cause) {
      return { problem: 'it is cut off, or no protobuf', cause };
    }
  }
  const json = parseJsonValues(body.toString('utf8'));
  const [value] = json.state === 'Values' ? json.values : [];
  if (value !== undefined) return { value };
  return { problem: json.state === 'CutOff' ? 'it is cut off' : 'it is no JSON' };
}

type Body = Pick<Answer, 'body' | 'contentType'>;

/** What the server said instead of the answer asked for. */
export function refusal(answer: Body & Pick<Answer, 'status'>): ApiError {
  const parsed = parseBody(answer);
  return apiError(answer.status, 'value' in parsed ? parsed.value : undefined);
}

/** A 2xx answer; any other is thrown as ApiError. */
export function succeeded(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status <= 299) return answer;
  throw refusal(answer);
}

export function unreadable(url: URL, problem: string, cause: unknown): EpsError {
  return new EpsError(`cannot read the answer of ${url.host} to GET ${url.pathname}: ${problem}`, { cause });
}

/** The object in a 2xx answer of JSON. */
export function parseAnswer(answer: Answer, url: URL): unknown {
  const body = parseBody(succeeded(answer));
  if ('value' in body) return body.value;
  const html = describeHtml(answer.body.toString('utf8'));
  if (html !== undefined) {
    throw new EpsError(`${url.host} answered with HTML, not JSON: ${html}`, {
      hint: 'check the address of the server: kubectl config view --minify',
    });
  }
  throw unreadable(url, body.problem, body.cause);
}
