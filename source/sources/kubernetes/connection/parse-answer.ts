import { EpsError } from '../../../core/error.ts';
import { describeHtml } from '../../text/html.ts';
import { parseJsonValues } from '../../text/json.ts';
import { apiError } from '../api-error.ts';
import { decodeProtobuf, protobufType } from '../protobuf/decode.ts';
import { message, type Message } from '../protobuf/message.ts';
import type { Answer } from './request.ts';

/** Reads nothing but a Status. */
const nothing = message({});

/** What a body holds; `problem` says why nothing. */
type Body = { readonly value: unknown } | { readonly problem: string; readonly cause?: unknown };

function parseBody({ body, contentType }: Answer, message: Message = nothing): Body {
  if (contentType === protobufType) {
    try {
      return { value: decodeProtobuf(body, message) };
    } catch (cause) {
      return { problem: 'it is cut off, or no protobuf', cause };
    }
  }
  const json = parseJsonValues(body.toString('utf8'));
  const [value] = json.state === 'Values' ? json.values : [];
  if (value !== undefined) return { value };
  return { problem: json.state === 'CutOff' ? 'it is cut off' : 'it is no JSON' };
}

/** A 2xx answer; any other is thrown as ApiError. */
export function succeeded(answer: Answer): Answer {
  const { status } = answer;
  if (status >= 200 && status <= 299) return answer;
  const body = parseBody(answer);
  throw apiError(status, 'value' in body ? body.value : undefined);
}

/** The object in a 2xx answer, in the shape of its JSON; with a `message` it may have come as protobuf. */
export function parseAnswer(answer: Answer, url: URL, message?: Message): unknown {
  const body = parseBody(succeeded(answer), message);
  if ('value' in body) return body.value;
  const html = describeHtml(answer.body.toString('utf8'));
  if (html !== undefined) {
    throw new EpsError(`${url.host} answered with HTML, not JSON: ${html}`, {
      hint: 'check the address of the server: kubectl config view --minify',
    });
  }
  const { problem, cause } = body;
  throw new EpsError(`cannot read the answer of ${url.host} to GET ${url.pathname}: ${problem}`, { cause });
}
