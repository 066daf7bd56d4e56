import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { asArray, asRecord, isRecord } from '../../source/core/door.ts';
import { readCaptured, readCaptures, type Capture } from './apisix/captures.ts';
import type { Checker } from './apisix/control.ts';
import { startApisix, type Apisix } from './apisix/server.ts';
import type { Failure } from './apisix/failures.ts';
import {
  adminPath,
  ask,
  asSent,
  readSession,
  sentValues,
  type Received,
  type Step,
} from './apisix/session.ts';
import { secrets } from './secrets.ts';

const keys = { adminKey: secrets.recordedAdminKey, viewerKey: secrets.recordedViewerKey };

/** What the double does not claim, and why. A capture that is neither here nor compared fails the suite. */
const excluded: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^v3-standalone-api\//, 'the double has no standalone mode'],
  [/\/dp-|\/path-admin-on-dataplane-port$/, 'the data plane'],
  [/\/scale-/, 'sizes and times of another data set'],
  [/\/ctl-schema$/, '48 kB of schemas, of which only the size was kept'],
  [/^v3\/ctl-healthcheck-html/, 'a table for browsers'],
  [/^v3\/ctl-discovery-k8s-dump$/, 'of a discovery that the double plays only when it is given a dump'],
  [/^v3\/ctl-upstream-dns$/, 'nodes found by a resolver'],
  [/^v2-2.15.3\/ctl-upstream-k8s$/, 'nodes found by discovery'],
  [/^v3-variants\/worker-local-upstream-k8s-1$/, 'nodes found by discovery'],
  [/^v3-etcd-down\/upstream-get-etcd-frozen$/, 'answered after 120 s; `frozen` never answers'],
];

/** Items of a list that carry what a resolver or the traffic-split plug-in left there. */
const excludedItems: Readonly<Record<string, readonly string[]>> = {
  'v3/ctl-upstreams': ['dns', 'dnssrv'],
  'v3/ctl-routes': ['r-split'],
};

const isExcluded = (name: string): boolean => excluded.some(([pattern]) => pattern.test(name));

const folders = ['v3', 'v2-2.15.3', 'v3-standalone-api', 'v3-variants', 'v3-etcd-down'];
const captures = new Map(folders.flatMap(readCaptures).map((capture) => [capture.name, capture]));
/** Where an answer is missing: equal to no capture. */
const nothing: Received = { status: 0, headers: {}, body: '' };

const volatile = new Set(['date', 'connection', 'keep-alive']);

function keyHeaders(headers: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !volatile.has(name)));
}

/** JSON without the items the double does not claim; any other text as it is. */
function comparable(name: string, body: string): unknown {
  if (!/^\s*[[{]/.test(body)) return body;
  const value: unknown = JSON.parse(body);
  const ids = excludedItems[name] ?? [];
  return Array.isArray(value)
    ? value.filter((item) => !ids.includes(String(asRecord(asRecord(item)['value'])['id'])))
    : value;
}

function expectAsCaptured(received: Received, capture: Capture): void {
  expect(received.status).toBe(capture.status);
  expect(keyHeaders(received.headers)).toEqual(keyHeaders(capture.headers));
  expect(comparable(capture.name, received.body)).toEqual(comparable(capture.name, capture.body));
}

const counter = { success: 0, http_failure: 0, tcp_failure: 0, timeout_failure: 0 };
const checkedNodes: Checker['nodes'] = [
  { ip: '127.0.0.1', port: 19001, status: 'healthy', counter },
  { ip: '127.0.0.1', port: 19002, status: 'unhealthy', counter: { ...counter, http_failure: 2 } },
];

/** Brings the worker into the state that the capture betrays: its traffic and its health checkers. */
function setWorker(apisix: Apisix, { body, status }: Capture): void {
  const value: unknown = /^\s*[[{]/.test(body) ? JSON.parse(body) : [];
  const items = (isRecord(value) ? [value] : asArray(value)).map(asRecord);
  const used = items.filter((item) => JSON.stringify(item['value'] ?? {}).includes('"nodes_ref"'));
  apisix.setTraffic(
    status === 500
      ? ['upstreams/domain', 'upstreams/checks']
      : used.map((item) => String(item['key']).replace('/apisix/', '')),
  );
  const hasChecker = items.some((item) => String(item['name']).endsWith('/upstreams/checks'));
  const nodes = body.includes('"host') ? checkedNodes : [];
  apisix.setCheckers(hasChecker ? [{ resource: 'upstreams', id: 'checks', nodes }] : []);
}

async function replay(
  apisix: Apisix,
  step: Parameters<typeof ask>[1] & Pick<Step, 'name' | 'port'>,
): Promise<Received> {
  const capture = captures.get(step.name);
  if (step.port === 9090 && capture !== undefined) setWorker(apisix, capture);
  return ask(step.port === 9090 ? apisix.controlPort : apisix.adminPort, step);
}

/** create_time of each object, by its admin path: the clock of the recording. */
function recordedTimes(folder: string): ReadonlyMap<string, number> {
  const items = ['upstreams', 'services', 'routes'].flatMap((resource) => {
    const list = asRecord(JSON.parse(readCaptured(`${folder}/${resource}-all.json`)));
    return asArray(list['list'] ?? asRecord(list['node'])['nodes']).map(asRecord);
  });
  return new Map(items.map((item) => [adminPath(item), Number(asRecord(item['value'])['create_time'])]));
}

const sessions = [
  { folder: 'v3', flavour: 'v3', revision: 5040, postedAt: 1795446112 },
  { folder: 'v2-2.15.3', flavour: 'v2', revision: 2828, postedAt: 1795445562 },
] as const;
const inSessions = new Set(sessions.flatMap(({ folder }) => readSession(folder).map(({ name }) => name)));

describe.each(sessions)('The session recorded in $folder', ({ folder, flavour, revision, postedAt }) => {
  const steps = readSession(folder).filter(({ name }) => !isExcluded(name));
  const answers = new Map<string, Received>();

  beforeAll(async () => {
    const times = recordedTimes(folder);
    let now = 0;
    const apisix = await startApisix({ ...keys, flavour, revision, now: () => now });
    for (const step of steps) {
      now = times.get(step.path) ?? postedAt;
      answers.set(step.name, await replay(apisix, step));
    }
    await apisix.close();
  });

  test.each(steps)('$name: $method $path answers $status in as many bytes', ({ name, status, bytes }) => {
    const answer = answers.get(name);
    expect(answer?.status).toBe(status);
    if (excludedItems[name] === undefined) expect(Buffer.byteLength(answer?.body ?? '')).toBe(bytes);
  });

  const recorded = steps.flatMap(({ name }) => captures.get(name) ?? []);
  test.each(recorded)('$name: $method $path has the recorded head and body', (capture) => {
    expectAsCaptured(answers.get(capture.name) ?? nothing, capture);
  });
});

let apisix: Apisix | undefined;

afterEach(async () => {
  await apisix?.close();
  apisix = undefined;
});

/** What was set, or broken, when the capture was taken. */
function sceneOf({ name }: Capture): { readonly failure?: Failure; readonly allowAnonymous?: boolean } {
  if (name.includes('/ip-denied')) return { failure: 'ip-refused' };
  if (name.includes('/nokey-')) return { allowAnonymous: true };
  if (name === 'v3-etcd-down/upstream-get-etcd-back') return {};
  return name.startsWith('v3-etcd-down/') || name.endsWith('-without-etcd') ? { failure: 'etcd-down' } : {};
}

/** A double that holds the captured item at its revisions, and the upstream that has a health check. */
async function startAsRecorded(capture: Capture): Promise<Apisix> {
  const item = capture.body.startsWith('{') ? asRecord(JSON.parse(capture.body)) : {};
  const { createdIndex, modifiedIndex } = item;
  const value = asRecord(item['value']);
  let now = Number(value['create_time']);
  const { allowAnonymous = false } = sceneOf(capture);
  const flavour = capture.name.startsWith('v2') ? 'v2' : 'v3';
  const revision = Number(createdIndex ?? 1) - 1;
  const double = await startApisix({ ...keys, allowAnonymous, flavour, revision, now: () => now });
  const sent = sentValues();
  if (createdIndex !== undefined) {
    const id = String(value['id']);
    const body = (capture.port === 9180 ? undefined : sent.get(adminPath(item))) ?? asSent(item);
    let last = double.put('upstreams', id, body);
    while (last.modifiedIndex < Number(modifiedIndex) - 1) last = double.put('upstreams', 'another', {});
    now = Number(value['update_time']);
    if (last.modifiedIndex < Number(modifiedIndex)) double.put('upstreams', id, body);
  }
  if (capture.path.includes('healthcheck')) {
    double.put('upstreams', 'checks', sent.get('/apisix/admin/upstreams/checks') ?? {});
  }
  if (capture.method === 'DELETE') double.put('upstreams', 'tmpx', {});
  return double;
}

describe('A capture from outside of the two sessions', () => {
  const others = [...captures.values()].filter(({ name }) => !isExcluded(name) && !inSessions.has(name));

  test.each(others)('$name: $method $path has the recorded head and body', async (capture) => {
    apisix = await startAsRecorded(capture);
    apisix.fail(sceneOf(capture).failure);
    const requestBody =
      capture.method === 'PUT' ? JSON.stringify(asSent(asRecord(JSON.parse(capture.body)))) : '';
    expectAsCaptured(await replay(apisix, { ...capture, requestBody }), capture);
  });
});

test.each(excluded)('%s is still needed: %s', (pattern) => {
  expect([...captures.keys(), ...inSessions].filter((name) => pattern.test(name))).not.toEqual([]);
});
