import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { UpstreamEvent } from '../../../source/core/report.ts';
import { withoutSecrets } from '../../helpers/secrets.ts';
import { env } from '../eps.ts';
import { namespace, sharedPlane } from '../fixtures.ts';
import { endWithUs } from '../plane/leave-nothing.ts';
import { settledHttpbin } from '../settled.ts';
import { eventually } from '../wait.ts';
import { apisixRoute } from './apisix-route.ts';
import { startGateway, type Gateway } from './gateway.ts';
import { upstreamId, upstreamIps } from './upstream.ts';

const plane = sharedPlane();
let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway(plane);
});
afterAll(() => gateway.stop());

/** `kubectl eps upstream -w` until the test ends, and the lines that it has printed so far. */
function watch(args: readonly string[]): () => readonly UpstreamEvent[] {
  const child = spawn('kubectl', ['eps', 'upstream', '-w', '-o', 'json', ...args], { env });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  endWithUs(child.pid ?? 0, ended);
  onTestFinished(async () => {
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    withoutSecrets(text);
  });
  return () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as UpstreamEvent);
}

/** The nodes, as what was told adds up to. */
function nodesAfter(events: readonly UpstreamEvent[]): readonly string[] {
  const nodes = new Set<string>();
  for (const event of events) {
    if (!('upstream' in event)) continue;
    const { type, upstream, added, removed } = event;
    if (type === 'Present' || type === 'Appeared')
      upstream.nodes?.forEach(({ address }) => nodes.add(address));
    added.forEach((address) => nodes.add(address));
    removed.forEach((address) => nodes.delete(address));
  }
  return [...nodes].sort();
}

test('a Service that gets a route and other pods is watched through the pod, by the id of its upstream', async () => {
  const here = await namespace(plane);
  await settledHttpbin(plane, { namespace: here, replicas: 3 });
  const events = watch(['svc/httpbin', '-n', here, '--apisix-pod']);
  await eventually('the first reading', () => gateway.asked().length > 0);
  await plane.apply([apisixRoute(here)]);
  for (const replicas of [3, 5, 2]) {
    await settledHttpbin(plane, { namespace: here, replicas });
    await eventually(`${replicas} nodes told`, () => {
      const ips = upstreamIps(gateway.apisix, here);
      return ips.length === replicas && nodesAfter(events()).join() === ips.map((ip) => `${ip}:80`).join();
    });
  }
  expect(events()[0]).toMatchObject({ type: 'Appeared', upstream: { name: `${here}_httpbin_80` } });
  const path = `/apisix/admin/upstreams/${upstreamId(here)}`;
  const asked = gateway.asked();
  expect(asked).toContain(path);
  expect(asked.filter((one) => /\/(?:upstreams|services|routes)$/.test(one)).length).toBeLessThanOrEqual(1);
});
