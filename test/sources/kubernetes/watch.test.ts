import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { itemsOf } from '../../../source/core/snapshot.ts';
import { kinds } from '../../../source/sources/kubernetes/kinds.ts';
import { followCluster } from '../../../source/sources/kubernetes/watch/follow-cluster.ts';
import { FollowedKind } from '../../../source/sources/kubernetes/watch/follow-kind.ts';
import type { Pace } from '../../../source/sources/kubernetes/watch/pace.ts';
import { sendJson, sendStatus } from '../../helpers/api-server.ts';
import { open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';

const pace: Pace = {
  heartbeat: 30,
  answer: 2_000,
  silence: 2_000,
  poll: 20,
  firstPause: 5,
  longestPause: 40,
};

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
  const options = { pace, now: () => new Date(), changed: () => undefined, failed };
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

/** Of a user that may list, and watch only where `mayWatch` says so. */
const listing =
  (items: () => readonly unknown[], mayWatch: () => boolean = () => false): Answer =>
  (response, request) => {
    const { searchParams } = new URL(request.url ?? '', 'https://server');
    if (!searchParams.has('watch')) {
      sendJson(response, { metadata: { resourceVersion: '9' }, items: items() });
    } else if (mayWatch()) tell(line('ADDED', named('watched', 10)))(response, request);
    else sendStatus(response, 403, 'Forbidden', 'cannot watch resource "endpoints"');
  };

test('what may not be read is Unread in the words of the server, and read as soon as it may', async () => {
  let isAllowed = false;
  const { followed, names } = await follow((response, request) => {
    if (isAllowed) listing(() => [named('a', 1)])(response, request);
    else sendStatus(response, 403, 'Forbidden', 'endpoints is forbidden');
  });
  await expect
    .poll(() => followed.layer())
    .toMatchObject({ state: 'Unread', reason: 'endpoints is forbidden' });
  isAllowed = true;
  await poll(names).toEqual(['a@1']);
});

test('what may be listed but not watched is listed again and again, and is in step all the time', async () => {
  let items = [named('a', 1)];
  const { followed, names } = await follow(listing(() => items));
  await poll(names).toEqual(['a@1']);
  const { readAt } = followed;
  expect(readAt).toBeDefined();
  items = [named('b', 2)];
  await poll(names).toEqual(['b@2']);
  expect(followed.trouble).toBeUndefined();
  expect(Date.parse(followed.readAt ?? '')).toBeGreaterThanOrEqual(Date.parse(readAt ?? ''));
});

test('it is watched as soon as it may be', async () => {
  let mayWatch = false;
  const { followed, names } = await follow(
    listing(
      () => [named('a', 1)],
      () => mayWatch,
    ),
  );
  await poll(names).toEqual(['a@1']);
  mayWatch = true;
  await poll(names).toEqual(['a@1', 'watched@10']);
  expect(followed.readAt).toBeUndefined();
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
