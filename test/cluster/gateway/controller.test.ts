import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { namespace, sharedPlane } from '../fixtures.ts';
import { start } from '../plane/process.ts';
import { settledHttpbin } from '../settled.ts';
import { eventually } from '../wait.ts';
import { apisixRoute } from './apisix-route.ts';
import { keys, startGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { upstreamId, upstreamIps } from './upstream.ts';

const plane = sharedPlane();

async function gatewayOfTest(options: GatewayOptions): Promise<Gateway> {
  const gateway = await startGateway(plane, options);
  onTestFinished(gateway.stop);
  return gateway;
}

/** httpbin with so many pods, and its route; resolves to their IPs. */
async function routedHttpbin(here: string, replicas: number): Promise<readonly string[]> {
  await plane.apply([apisixRoute(here)]);
  const { readyPods } = await settledHttpbin(plane, { namespace: here, replicas });
  return readyPods;
}

function untilUpstreamHas({ apisix }: Gateway, here: string, ips: readonly string[]): Promise<true> {
  return eventually(`${ips.length} nodes`, () => upstreamIps(apisix, here).join() === ips.join());
}

describe('the real ingress controller, with defaults', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway(plane);
  });
  afterAll(() => gateway.stop());

  test('writes the pods of a routed Service into an upstream with a name and an id of that Service', async () => {
    const here = await namespace(plane);
    const ips = await routedHttpbin(here, 20);
    await untilUpstreamHas(gateway, here, ips);
    const { value, key } = gateway.apisix.get('upstreams', upstreamId(here)) ?? {};
    expect(key).toBe(`/apisix/upstreams/${upstreamId(here)}`);
    expect(value).toMatchObject({
      name: `${here}_httpbin_80`,
      labels: { 'managed-by': 'apisix-ingress-controller' },
    });
    expect(value?.['nodes']).toContainEqual({ host: ips[0], port: 80, weight: 100 });
  });

  test('follows a scale-down, and with it repairs what was done behind its back', async () => {
    const here = await namespace(plane);
    await untilUpstreamHas(gateway, here, await routedHttpbin(here, 20));
    const { value = {} } = gateway.apisix.get('upstreams', upstreamId(here)) ?? {};
    gateway.apisix.put('upstreams', upstreamId(here), { ...value, nodes: [] });
    const left = await routedHttpbin(here, 7);
    expect(left).toHaveLength(7);
    await untilUpstreamHas(gateway, here, left);
  });

  test('shares its APISIX with kubectl port-forward and kubectl exec', async () => {
    const { apisix, pod } = gateway;
    apisix.put('upstreams', 'probe', {
      type: 'roundrobin',
      nodes: [{ host: '192.0.2.1', port: 80, weight: 1 }],
    });
    const admin = '/apisix/admin/upstreams/probe';
    const control = '/v1/upstream/probe';

    const inNamespace = `--namespace=${pod.namespace}`;
    const header = `X-API-KEY: ${keys.viewerKey}`;
    const curl = (url: string) =>
      plane.output(['exec', inNamespace, pod.name, '--', 'curl', '-sS', '-H', header, url]);
    expect(await curl(`http://127.0.0.1:9180${admin}`)).toContain('192.0.2.1');
    expect(await curl(`http://127.0.0.1:9090${control}`)).toContain('192.0.2.1');

    const forward = await start({
      name: `port-forward-${pod.name}`,
      program: path.join(plane.programs, 'kubectl'),
      args: ['port-forward', inNamespace, `pod/${pod.name}`, ':9180', ':9090'],
      dir: plane.dir,
      env: plane.env,
      isReady: (log) => log.includes('-> 9180') && log.includes('-> 9090'),
    });
    onTestFinished(forward.stop);
    const get = async (port: number, url: string) => {
      const local = new RegExp(`127\\.0\\.0\\.1:(\\d+) -> ${port}`).exec(forward.log())?.[1] ?? '';
      const response = await fetch(`http://127.0.0.1:${local}${url}`, {
        headers: { 'X-API-KEY': keys.viewerKey },
      });
      return response.text();
    };
    expect(await get(9180, admin)).toContain('192.0.2.1');
    expect(await get(9090, control)).toContain('192.0.2.1');
  });
});

test('the real ingress controller writes the same through the admin API of APISIX 2', async () => {
  const gateway = await gatewayOfTest({ adminVersion: 'v2' });
  const here = await namespace(plane);
  await untilUpstreamHas(gateway, here, await routedHttpbin(here, 20));
});
