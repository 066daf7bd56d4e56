import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { followTarget } from '../../source/commands/follow/follow.ts';
import type { GatewayReader } from '../../source/commands/gateway.ts';
import type { Moment } from '../../source/commands/reader.ts';
import { judge } from '../../source/core/judge.ts';
import type { Pace } from '../../source/sources/kubernetes/watch/pace.ts';
import { sendJson, sendStatus } from '../helpers/api-server.ts';
import { open, serve } from '../helpers/cluster.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';
import { recordedObjects } from '../helpers/recorded.ts';

const pace: Pace = { heartbeat: 30, answer: 3_000, silence: 300, poll: 20, firstPause: 5, longestPause: 40 };

const objects = recordedObjects('insync-20');

function listed(plural: string): readonly unknown[] {
  return objects.filter(({ kind }) => [`${kind}s`.toLowerCase(), kind.toLowerCase()].includes(plural));
}

const named = (object: unknown) => (object as { metadata: { name: string; namespace: string } }).metadata;
const [web] = listed('services').map(named);

const withoutGateway: GatewayReader = {
  read: () =>
    Promise.resolve({ upstreams: { state: 'Absent' }, replicas: { state: 'Absent' }, versions: {} }),
  again: () => Promise.resolve({ upstreams: { state: 'Absent' }, replicas: { state: 'Absent' } }),
  close: () => undefined,
};

/** `true` is answered by the recorded objects. */
type Allows = (verb: 'list' | 'watch', plural: string) => boolean;

function respond(allows: Allows, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'https://server');
  const plural = pathname.split('/').at(-1) ?? '';
  const verb = searchParams.has('watch') ? 'watch' : 'list';
  if (plural === 'version') sendJson(response, {});
  else if (!allows(verb, plural)) sendStatus(response, 403, 'Forbidden', `cannot ${verb} ${plural}`);
  else sendJson(response, { metadata: { resourceVersion: '1' }, items: listed(plural) });
}

/** The recorded Service as a user with these permissions follows it. */
async function follow(allows: Allows) {
  const asked: string[] = [];
  const { url } = await serve((request, response) => {
    asked.push(request.url ?? '');
    respond(allows, request, response);
  });
  const cluster = await open(kubeconfigText(url));
  const { namespace = '', name = '' } = web ?? {};
  const target = { kind: 'names', namespace, names: [name] } as const;
  const stop = new AbortController();
  const notice = vi.fn();
  const given = { cluster, target, gatewayGiven: false, notice, now: () => new Date(), pace };
  const moments: Moment[] = [];
  const follows = followTarget({ ...given, open: () => Promise.resolve(withoutGateway) });
  const ended = (async () => {
    for await (const moment of follows(stop.signal)) moments.push(moment);
  })();
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return { asked, moments, notice };
}

const poll = (read: () => unknown) => expect.poll(read, { timeout: 10_000, interval: 5 });

test('with list and without watch a Service is followed by lists, and judged as by watches', async () => {
  const { moments } = await follow((verb) => verb === 'list');
  await poll(() => moments.length).toBeGreaterThan(1);
  for (const { snapshot, services, freshness } of moments) {
    expect(judge(snapshot, services).map(({ status }) => status)).toEqual(['Synced']);
    expect(freshness.map(({ state, isPolled }) => [state, isPolled])).toEqual(
      freshness.map(() => ['Live', true]),
    );
  }
});

test('what may be neither listed nor watched is Unread, and the rest is there', async () => {
  const { moments } = await follow((verb, plural) => verb === 'list' && plural !== 'pods');
  await poll(() => moments.length).toBeGreaterThan(0);
  const [moment] = moments;
  expect(moment?.snapshot.pods).toMatchObject({ state: 'Unread', reason: 'cannot list pods' });
  expect(moment?.services).toHaveLength(1);
  expect(moment?.freshness[0]).toMatchObject({ layer: 'Pods', state: 'Stale', reason: 'cannot list pods' });
  expect(moment?.freshness[0]).not.toHaveProperty('at');
});

test('Services that cannot be read are never taken for none, and it is said', async () => {
  const { asked, moments, notice } = await follow((verb, plural) => verb === 'list' && plural !== 'services');
  const lists = () => asked.filter((url) => url.includes('/services?') && !url.includes('watch=true'));
  await poll(() => lists().length).toBeGreaterThan(3);
  await poll(() => asked.filter((url) => url.includes('/endpointslices?')).length).toBeGreaterThan(3);
  await poll(() => notice.mock.calls).toContainEqual(['cannot follow Services: cannot list services']);
  expect(moments).toEqual([]);
});
