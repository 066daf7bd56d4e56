import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { itemsOf } from '../../../source/core/snapshot.ts';
import { kinds } from '../../../source/sources/kubernetes/kinds.ts';
import { followCluster } from '../../../source/sources/kubernetes/watch/follow-cluster.ts';
import { FollowedKind } from '../../../source/sources/kubernetes/watch/follow-kind.ts';
import { framesOf, lengthDelimited } from '../../../source/sources/kubernetes/watch/frames.ts';
import type { Pace } from '../../../source/sources/kubernetes/watch/pace.ts';
import { sendJson, sendStatus } from '../../helpers/api-server.ts';
import { open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

const pace: Pace = { heartbeat: 30, answer: 2_000, silence: 2_000, firstPause: 5, longestPause: 40 };

/** A loaded machine takes its time. */
const poll = (read: () => unknown) => expect.poll(read, { timeout: 10_000, interval: 2 });

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const named = (name: string, version: number) => ({
  metadata: { namespace: 'shop', name, uid: name, resourceVersion: String(version) },
});
const line = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;
const bookmark = (version: number, annotations = {}) =>
  line('BOOKMARK', { metadata: { resourceVersion: String(version), annotations } });
const listEnd = (version: number) => bookmark(version, { 'k8s.io/initial-events-end': 'true' });
const gone = line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });

/** Begins a watch and leaves it open. */
const tell =
  (...lines: readonly string[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write(lines.join(''));
  };

/** Begins a watch and ends it, as the server does from time to time. */
const tellAndEnd =
  (...lines: readonly string[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(lines.join(''));
  };

/** Endpoints as they are followed on a server that gives one answer after the other, and the last one for ever. */
async function follow(...answers: readonly Answer[]) {
  const asked: URLSearchParams[] = [];
  const { url } = await serve((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(new URL(request.url ?? '', 'https://server').searchParams);
    answer?.(response, request);
  });
  const failed = vi.fn();
  const options = { pace, changed: () => undefined, failed };
  const cluster = await open(kubeconfigText(url));
  const followed = new FollowedKind(cluster, kinds.endpoints, { namespace: 'shop' }, options);
  onTestFinished(() => {
    followed.stop();
    expect(failed).not.toHaveBeenCalled();
  });
  const names = () =>
    itemsOf(followed.layer()).map(({ name, resourceVersion }) => `${name}@${resourceVersion}`);
  return { followed, asked, names };
}

test('WatchList gives the objects and what happens to them in one request', async () => {
  const { followed, asked, names } = await follow(
    tell(
      line('ADDED', named('a', 1)),
      line('ADDED', named('b', 2)),
      listEnd(3),
      line('MODIFIED', named('a', 4)),
      line('DELETED', named('b', 5)),
      line('ADDED', named('c', 6)),
    ),
  );
  await poll(names).toEqual(['a@4', 'c@6']);
  expect(followed.trouble).toBeUndefined();
  expect(asked.map((query) => query.toString())).toEqual([
    'watch=true&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
  ]);
});

test('until the list is whole it counts for nothing', async () => {
  const { followed, asked } = await follow(tell(line('ADDED', named('a', 1))));
  await poll(() => asked.length).toBe(1);
  expect(followed.layer().state).toBe('Unread');
});

test('a watch that the server ends goes on where the last bookmark was, and was never out of step', async () => {
  const { followed, asked, names } = await follow(
    tellAndEnd(line('ADDED', named('a', 1)), listEnd(1), bookmark(7)),
    tell(line('ADDED', named('b', 8))),
  );
  await poll(names).toEqual(['a@1', 'b@8']);
  expect(asked[1]?.get('resourceVersion')).toBe('7');
  expect(followed.trouble).toBeUndefined();
});

test('after 410 all is read anew, and what was known stays until then', async () => {
  let answer = () => undefined as unknown;
  const { asked, names } = await follow(
    tell(line('ADDED', named('a', 1)), listEnd(1), gone),
    (response, request) => {
      answer = () => {
        tell(line('ADDED', named('b', 9)), listEnd(9))(response, request);
      };
    },
  );
  await poll(() => asked.length).toBe(2);
  expect(names()).toEqual(['a@1']);
  answer();
  await poll(names).toEqual(['b@9']);
  expect(asked[1]?.get('sendInitialEvents')).toBe('true');
});

const withoutWatchList: readonly Answer[] = [
  (response) => {
    sendJson(response, { metadata: { resourceVersion: '5' }, items: [named('a', 4)] });
  },
  tell(line('ADDED', named('b', 6))),
];

test('a server that refuses WatchList is asked for a list, then for a watch', async () => {
  const { asked, names } = await follow(
    (response) => {
      sendStatus(response, 422, 'Invalid', 'sendInitialEvents is forbidden');
    },
    ...withoutWatchList,
  );
  await poll(names).toEqual(['a@4', 'b@6']);
  expect(asked[2]?.get('resourceVersion')).toBe('5');
});

test('a server that does not know WatchList never ends it: it is asked for a list, too', async () => {
  const { names } = await follow(tell(line('ADDED', named('a', 4))), ...withoutWatchList);
  await poll(names).toEqual(['a@4', 'b@6']);
});

test.each([
  ['half an event', tellAndEnd(listEnd(1), '{"type":"ADD'), 'it ended amid an event'],
  ['what is no event', tell(listEnd(1), '{}\n'), 'there is no event of type ""'],
  [
    'a refusal',
    tell(listEnd(1), line('ERROR', { kind: 'Status', code: 500, message: 'etcd is away' })),
    'etcd is away',
  ],
])('%s makes the layer stale, and another watch is opened', async (_, answer, words) => {
  const held: (() => void)[] = [];
  const { followed, names } = await follow(answer, (response, request) => {
    held.push(() => {
      tell(line('ADDED', named('a', 2)))(response, request);
    });
  });
  await poll(() => followed.trouble).toContain(words);
  await poll(() => held.length).toBeGreaterThan(0);
  for (const answerNow of held) answerNow();
  await poll(names).toEqual(['a@2']);
  expect(followed.trouble).toBeUndefined();
});

test('what may not be read is Unread in the words of the server, and read as soon as it may', async () => {
  let isAllowed = false;
  const { followed, names } = await follow((response, request) => {
    if (isAllowed) tell(line('ADDED', named('a', 1)), listEnd(1))(response, request);
    else sendStatus(response, 403, 'Forbidden', 'endpoints is forbidden');
  });
  await expect
    .poll(() => followed.layer())
    .toMatchObject({ state: 'Unread', reason: 'endpoints is forbidden' });
  isAllowed = true;
  await poll(names).toEqual(['a@1']);
});

test('stopping closes the connection at once', async () => {
  const closed = vi.fn();
  const { followed, names } = await follow((response, request) => {
    response.on('close', closed);
    tell(line('ADDED', named('a', 1)), listEnd(1))(response, request);
  });
  await poll(names).toEqual(['a@1']);
  followed.stop();
  await poll(() => closed.mock.calls.length).toBe(1);
});

/** A frame as the API server writes it: a length, then a WatchEvent with the object in its envelope. */
function frameOf(type: string, object: Buffer): Buffer {
  const delimited = (number: number, bytes: Buffer) =>
    Buffer.concat([Buffer.of((number << 3) | 2, (bytes.length & 0x7f) | 0x80, bytes.length >> 7), bytes]);
  const event = Buffer.concat([delimited(1, Buffer.from(type)), delimited(2, delimited(1, object))]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(event.length);
  return Buffer.concat([length, event]);
}

test('a watch in protobuf is read wherever its frames are torn', async () => {
  const pb = readFileSync(new URL('../../fixtures/protobuf/service.pb', import.meta.url));
  const stream = Buffer.concat([frameOf('ADDED', pb), frameOf('MODIFIED', pb)]);
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.kubernetes.protobuf;stream=watch' });
    void (async () => {
      for (let from = 0; from < stream.length; from += 97) {
        response.write(stream.subarray(from, from + 97));
        await pause(1);
      }
    })();
  });
  const { openWatch } = await import('../../../source/sources/kubernetes/watch/events.ts');
  const end = new AbortController();
  onTestFinished(() => {
    end.abort();
  });
  const request = { query: {}, signal: end.signal };
  const told: unknown[] = [];
  for await (const events of await openWatch(await open(kubeconfigText(url)), kinds.services, {}, request)) {
    told.push(...events);
    if (told.length === 2) break;
  }
  const item = { name: 'httpbin', selector: { app: 'httpbin-deployment' } };
  expect(told).toMatchObject([
    { type: 'Set', item },
    { type: 'Set', item },
  ]);
});

test('a stream that ends amid a frame is no end in order', async () => {
  const chunks = [frameOf('ADDED', Buffer.alloc(300)).subarray(0, 200)];
  const read = async () => {
    for await (const frames of framesOf(chunks as unknown as AsyncIterable<Buffer>, lengthDelimited)) {
      expect(frames).toEqual([]);
    }
  };
  await expect(read()).rejects.toThrow('it ended amid an event');
});

test('a server that goes silent makes all layers stale; when it is back they are live again', async () => {
  let isSilent = false;
  const { url } = await serve((request, response) => {
    if (isSilent) return;
    const path = request.url ?? '';
    if (path.startsWith('/version')) sendJson(response, {});
    else if (path.includes('/services?')) {
      tell(line('ADDED', { ...named('web', 1), spec: { selector: { app: 'web' } } }), listEnd(1))(
        response,
        request,
      );
    } else tell(line('ADDED', named('web', 1)), listEnd(1))(response, request);
  });
  const failed = vi.fn();
  const followed = followCluster(
    await open(kubeconfigText(url)),
    { kind: 'names', namespace: 'shop', names: ['web'] },
    { now: () => new Date(), pace, changed: () => undefined, failed },
  );
  onTestFinished(followed.stop);
  const states = () => followed.freshness().map(({ state }) => state);
  await poll(followed.isSettled).toBe(true);
  await poll(states).toEqual(['Live', 'Live', 'Live']);
  isSilent = true;
  await poll(states).toEqual(['Stale', 'Stale', 'Stale']);
  expect(followed.freshness()[0]?.reason).toBe(`no answer within ${pace.answer} ms`);
  expect(itemsOf(followed.layers().pods)).toHaveLength(1);
  isSilent = false;
  await poll(states).toEqual(['Live', 'Live', 'Live']);
  expect(failed).not.toHaveBeenCalled();
});
