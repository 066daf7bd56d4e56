import { expect, test } from 'vitest';
import { parseControl } from '../../../source/gateways/apisix/control/answer.ts';
import { controlReader } from '../../../source/gateways/apisix/control/read.ts';
import { parseHealthCheck } from '../../../source/gateways/apisix/control/health-check.ts';
import { readCaptures } from '../../helpers/apisix/captures.ts';

const captures = ['v3', 'v2-2.15.3', 'v3-standalone-api', 'v3-variants']
  .flatMap((folder) => readCaptures(folder))
  .filter(({ method, port }) => method === 'GET' && port === 9090);
const of = (path: RegExp) => captures.filter((capture) => path.test(capture.path));
const told = ({ status, body }: { readonly status: number; readonly body: string }) =>
  parseControl({ status, text: body }, 'pod gw/apisix-0');

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
  const told = await controlReader(transport, () => undefined)([{ place }], false);
  expect(told.runtime).toMatchObject({ state: 'Read', items: [] });
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
