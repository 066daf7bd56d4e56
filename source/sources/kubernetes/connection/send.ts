import type { OutgoingHttpHeaders } from 'node:http';
import { coded, type Answer, type Get } from './answer.ts';
import { deadlineExceeded } from './connection-error.ts';
import { fetchAnswer } from './fetch-answer.ts';
import type { Stream, Streaming } from './node-request.ts';
import type { Session } from './session.ts';

/** Rejects only when no whole answer came: with the error of the socket, TLS or the clock. */
export async function send(session: Session, get: Get): Promise<Answer> {
  const deadline = get.timeout > 0 ? AbortSignal.timeout(get.timeout) : undefined;
  const request = { get, headers: headersOf(session, get), deadline };
  try {
    const answer = session.fetchWith && (await fetchAnswer(session.fetchWith, request));
    if (answer) return answer;
    const { nodeAnswer } = await import('./node-request.ts');
    return await nodeAnswer(await session.agent(), request);
  } catch (cause) {
    throw deadline?.aborted ? coded(deadlineExceeded, cause) : cause;
  }
}

/** Resolves as soon as the answer begins; what goes wrong later is thrown by its body. */
export async function openStream(session: Session, streaming: Streaming): Promise<Stream> {
  const { nodeStream } = await import('./node-request.ts');
  return nodeStream(
    await session.agent(),
    streaming,
    headersOf(session, { ...streaming, isCompressed: false }),
  );
}

function headersOf(
  { headers }: Session,
  { accept, isCompressed, body }: Pick<Get, 'accept' | 'isCompressed' | 'body'>,
): OutgoingHttpHeaders {
  return {
    Accept: accept,
    'Accept-Encoding': isCompressed ? 'gzip' : 'identity',
    'User-Agent': 'kubectl-eps',
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  };
}
