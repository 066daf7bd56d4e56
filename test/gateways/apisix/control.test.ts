import { describe, expect, test } from 'vitest';
import { parseControl } from '../../../source/gateways/apisix/control/answer.ts';
import { readControl } from '../../../source/gateways/apisix/control/read.ts';
import { parseHealthCheck } from '../../../source/gateways/apisix/control/health-check.ts';
import { parseWorkerUpstream } from '../../../source/gateways/apisix/control/runtime-upstream.ts';
import { readCaptures } from '../../helpers/apisix/captures.ts';

const captures = ['v3', 'v2-2.15.3', 'v3-standalone-api', 'v3-variants']
  .flatMap((folder) => readCaptures(folder))
  .filter(({ method, port }) => method === 'GET' && port === 9090);
const of = (path: RegExp) => captures.filter((capture) => path.test(capture.path));
const told = ({ status, body }: { readonly status: number; readonly body: string }) =>
  parseControl({ status, text: body }, 'pod gw/apisix-0');

/** The nodes that an object of the answer holds, by the eye: `host:port`. */
function nodesIn(body: string): readonly string[] {
  const { value } = JSON.parse(body) as { readonly value: { readonly nodes?: unknown } };
  const nodes = Array.isArray(value.nodes) ? (value.nodes as readonly { host: string; port?: number }[]) : [];
  return nodes.map(({ host, port }) => `${host.replace(/^\[(.*)\]$/, '$1')}:${port ?? ''}`).sort();
}

test('an upstream that one worker of two lacks is not what the pod has', async () => {
  const [one] = of(/^\/v1\/upstream\//).filter(({ status }) => status === 200);
  const [none] = of(/^\/v1\/upstream\//).filter(({ status }) => status === 404);
  const [routes] = of(/^\/v1\/routes$/).filter(({ status }) => status === 200);
  const place = `upstreams/${one?.path.split('/').at(-1) ?? ''}`;
  const answers = [one, none];
  const transport = {
    source: 'pod gw/apisix-0',
    get: (path: string) => {
      const capture = path === '/v1/routes' ? routes : answers.shift();
      return Promise.resolve({ status: capture?.status ?? 0, text: capture?.body ?? '' });
    },
    range: () => Promise.reject(new Error('no etcd here')),
    close: () => undefined,
  };
  const told = await readControl(transport, [{ place }], { everything: false, notice: () => undefined });
  expect(told.runtime).toMatchObject({ state: 'Read', items: [] });
});

describe('an answer of the real control API', () => {
  const upstreams = of(/^\/v1\/upstream\//);
  const found = upstreams.filter(({ status }) => status === 200);

  test('is tested on upstreams of every generation', () => {
    expect(found.length).toBeGreaterThan(15);
  });

  test.each(found)(
    '$name gives exactly its nodes, or none that are not looked up yet',
    ({ status, body }) => {
      const answer = told({ status, body });
      const [worker] =
        answer.kind === 'Items' ? answer.items.flatMap((item) => parseWorkerUpstream(item) ?? []) : [];
      const nodes = worker?.upstream.nodes;
      if (nodes?.state === 'Read')
        expect(nodes.items.map(({ host, port }) => `${host}:${port ?? ''}`).sort()).toEqual(nodesIn(body));
      else expect({ state: nodes?.state, nodes: nodesIn(body) }).toEqual({ state: 'Unread', nodes: [] });
    },
  );

  test.each(of(/missing|nosuch/).filter(({ status }) => status === 404))('$name is Missing', (capture) => {
    expect(told(capture)).toEqual({ kind: 'Missing' });
  });

  test.each(captures.filter(({ status }) => status >= 500))('$name is an error, not empty', (capture) => {
    expect(told(capture)).toMatchObject({ kind: 'Error', reason: 'the APISIX control API failed (500)' });
  });

  test('of a pod that started without etcd is an error, not an empty list', () => {
    const [empty] = captures.filter(({ name }) => name === 'v3-variants/ctl-started-without-etcd');
    expect(empty && told(empty)).toMatchObject({
      kind: 'Error',
      reason: expect.stringMatching(/told nothing/) as string,
    });
  });

  test.each([
    ['v3/ctl-healthcheck-upstream', 'upstreams/checks', [true, false]],
    ['v2-2.15.3/ctl-healthcheck-after-traffic', 'upstreams/checks', [true, false]],
    ['v3-variants/healthcheck-before-traffic-one', 'upstreams/checks', undefined],
  ])('%s tells who is healthy, as far as requests went', (name, place, healthy) => {
    const [capture] = captures.filter((one) => one.name === name);
    const answer = capture && told(capture);
    const [check] = answer?.kind === 'Items' ? answer.items.map((item) => parseHealthCheck(item)) : [];
    expect(check?.place).toBe(place);
    expect(check?.nodes.state === 'Read' ? check.nodes.items.map((node) => node.healthy) : undefined).toEqual(
      healthy,
    );
  });
});
