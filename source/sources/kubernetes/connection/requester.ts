import type { ClusterConfig } from './cluster-config.ts';
import { connectionError } from './connection-error.ts';
import type { Answer, Get } from './answer.ts';
import type { Stream, Streaming } from './node-request.ts';
import { openStream, send } from './send.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** What is resolved has any status; what is thrown is in kubectl's words. */
export type Requester = {
  readonly ask: (request: Pick<Get, 'url' | 'accept' | 'body' | 'sinkFor'>) => Promise<Answer>;
  readonly open: (request: Streaming) => Promise<Stream>;
};

/** Asks with credentials that are renewed when they run out; `timeout` is of one answer, in ms, 0 for none. */
export function requester(config: ClusterConfig, sessions: Sessions, timeout: number): Requester {
  const { server, user, cluster } = config;
  const isCompressed = cluster['disable-compression'] !== true;
  const isRenewable = ['exec', 'auth-provider', 'tokenFile'].some((way) => user[way] !== undefined);
  const fail = (cause: unknown) => {
    throw connectionError(cause, server);
  };

  async function withSession<Told extends { readonly status: number }>(
    tell: (session: Session) => Promise<Told>,
  ): Promise<Told> {
    const session = sessions.current();
    const told = await tell(await session).catch(fail);
    if (told.status !== 401 || !isRenewable) return told;
    // The credentials ran out while we held them.
    return tell(await sessions.renew(session)).catch(fail);
  }

  async function* inKubectlsWords(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* body;
    } catch (cause) {
      fail(cause);
    }
  }

  return {
    ask: (request) => withSession((session) => send(session, { isCompressed, timeout, ...request })),
    open: async (request) => {
      const stream = await withSession((session) => openStream(session, request));
      return { ...stream, body: inKubectlsWords(stream.body) };
    },
  };
}
