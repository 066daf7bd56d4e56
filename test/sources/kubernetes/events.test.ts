import { expect, test } from 'vitest';
import { readEventsOf } from '../../../source/sources/kubernetes/events.ts';
import { sendJson, sendStatus } from '../../helpers/api-server.ts';
import { open, serve } from '../../helpers/cluster.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';
import { without } from '../../helpers/objects.ts';
import { service } from '../../helpers/snapshot.ts';

const pods = '/api/v1/namespaces/shop/pods';
const events = '/api/v1/namespaces/shop/events';

type Answers = Readonly<Record<string, readonly unknown[]>>;

/** A cluster that has these lists, and refuses all else; `asked` is what was asked for, with its selector. */
async function cluster(answers: Answers) {
  const asked: string[] = [];
  const { url } = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://server');
    asked.push([pathname, searchParams.get('labelSelector') ?? []].flat().join(' '));
    const items = answers[pathname];
    if (items) sendJson(response, { metadata: { resourceVersion: '1' }, items });
    else sendStatus(response, 403, 'Forbidden', `${pathname} is forbidden`);
  });
  return { cluster: await open(kubeconfigText(url)), asked };
}

const pod = (name: string) => ({ metadata: { namespace: 'shop', name, uid: name } });

/** As kubelet and controllers write them: once, with a count. */
const event = (kind: string, name: string, lastTimestamp: string, others = {}) => ({
  metadata: { namespace: 'shop', name: `${name}.1`, creationTimestamp: '2026-01-01T00:00:00Z' },
  involvedObject: { kind, namespace: 'shop', name },
  type: 'Warning',
  reason: 'Unhealthy',
  message: 'Readiness probe failed',
  count: 3,
  lastTimestamp,
  ...others,
});

const objects = async (answers: Answers, of = service()) =>
  (await readEventsOf((await cluster(answers)).cluster, of)).map(({ object }) => object);

test('of a Service and its pods is read what was written down, the newest first', async () => {
  const { cluster: from, asked } = await cluster({
    [pods]: [pod('web-1'), pod('web-2')],
    [events]: [
      event('Pod', 'web-1', '2026-01-01T00:01:00Z'),
      event('Service', 'web', '2026-01-01T00:03:00Z'),
      event('Pod', 'web-2', '2026-01-01T00:02:00Z'),
    ],
  });
  const told = await readEventsOf(from, service());
  expect(told.map(({ object }) => object)).toEqual(['Service/web', 'Pod/web-2', 'Pod/web-1']);
  expect(told[2]).toEqual({
    at: '2026-01-01T00:01:00Z',
    type: 'Warning',
    reason: 'Unhealthy',
    object: 'Pod/web-1',
    message: 'Readiness probe failed',
    count: 3,
  });
  expect(asked).toEqual([`${pods} app=web`, events]);
});

test('what is about other objects of the namespace is left out, even where names begin alike', async () => {
  const others = ['web-10', 'webber', 'api-1'].map((name) => event('Pod', name, '2026-01-01T00:01:00Z'));
  expect(await objects({ [pods]: [pod('web-1')], [events]: others })).toEqual([]);
});

test('an event of the newer API counts by its series, and is as old as the last of it', async () => {
  const at = '2026-01-01T00:05:00.000001Z';
  const series = { count: 7, lastObservedTime: at };
  const newer = event('Pod', 'web-1', '', { count: undefined, eventTime: '2026-01-01T00:01:00Z', series });
  const { cluster: from } = await cluster({ [pods]: [pod('web-1')], [events]: [newer] });
  expect(await readEventsOf(from, service())).toMatchObject([{ at, count: 7 }]);
});

test('an event that happened once, and says no time of its own, is as old as its object', async () => {
  const bare = event('Pod', 'web-1', '', { count: undefined });
  const { cluster: from } = await cluster({ [pods]: [pod('web-1')], [events]: [bare] });
  expect(await readEventsOf(from, service())).toMatchObject([{ at: '2026-01-01T00:00:00Z', count: 1 }]);
});

test('a Service without a selector has no pods of its own: none are listed', async () => {
  const { cluster: from, asked } = await cluster({
    [events]: [event('Endpoints', 'web', '2026-01-01T00:01:00Z')],
  });
  const told = await readEventsOf(from, without(service(), 'selector'));
  expect(told.map(({ object }) => object)).toEqual(['Endpoints/web']);
  expect(asked).toEqual([events]);
});

test('events that may not be read are an error in the words of the server', async () => {
  const { cluster: from } = await cluster({ [pods]: [] });
  await expect(readEventsOf(from, service())).rejects.toThrow(`${events} is forbidden`);
});
