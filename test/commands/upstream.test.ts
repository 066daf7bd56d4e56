import { describe, expect, test } from 'vitest';
import { run } from '../../source/commands/upstream.ts';
import type { UpstreamList } from '../../source/core/report.ts';
import { readCaptures } from '../helpers/apisix/captures.ts';
import { nodesIn } from '../helpers/apisix/nodes.ts';
import { pages } from '../helpers/apisix/pages.ts';
import type { UpstreamOptions } from '../../source/commands/line/options.ts';
import { recordedText } from '../helpers/ingress-controller.ts';
import { fakeIo } from '../helpers/io.ts';

function nodesOf({ items }: UpstreamList): readonly string[] {
  return items
    .filter(({ nodes }) => nodes !== undefined)
    .map(({ id, nodes = [] }) =>
      `${id} ${nodes
        .map(({ address, weight }) => `${address}=${weight}`)
        .sort()
        .join(' ')}`.trim(),
    );
}

async function upstream(body: string, output: UpstreamOptions['output'] = 'json') {
  const { io, stdout, stderr } = fakeIo(['upstream'], { stdin: body });
  const from = { kind: 'Files', paths: ['-'] } as const;
  const code = await run({ from, namespace: '', output, watch: false }, io);
  return { code, stdout: stdout(), stderr: stderr() };
}

const admin = ['v3', 'v2-2.15.3', 'v3-standalone-api', 'v3-etcd-down', 'v3-variants']
  .flatMap((folder) => readCaptures(folder))
  .filter(({ method, port }) => method === 'GET' && port === 9180)
  .filter(({ path }) => /^\/apisix\/admin\/(upstreams|routes|services|configs)(\/|\?|$)/.test(path));
const json = admin.filter(({ name, headers, body }) => {
  const isText = headers['content-type'] === 'application/json' && body.trimStart().startsWith('{');
  return isText && !name.includes('yaml');
});
/** A standalone document without any object. */
const isEmpty = ({ body }: { readonly body: string }) =>
  body.includes('upstreams_conf_version') && !/"(?:upstreams|routes|services)":/.test(body);
/** Routes that only refer to upstreams: such an answer says nothing of what upstreams there are. */
const isOfRoutesAlone = ({ path, body }: { readonly path: string; readonly body: string }) =>
  /^\/apisix\/admin\/(?:routes|services)/.test(path) &&
  body.includes('"key"') &&
  !body.includes('"upstream":');
const answered = json.filter((capture) => capture.status === 200 && !isEmpty(capture));
const ofRoutes = answered.filter(isOfRoutesAlone);
const ofPages = answered.filter(({ name }) => pages.has(name));
const lists = answered.filter((capture) => !isOfRoutesAlone(capture) && !pages.has(capture.name));
const refusals = json.filter((capture) => [401, 503].includes(capture.status) || isEmpty(capture));

describe('upstream --from an answer of the real APISIX admin API', () => {
  test('is tested on lists, single objects, mere routes and refusals of every generation', () => {
    expect(lists.length).toBeGreaterThan(60);
    expect(ofRoutes.length).toBeGreaterThan(10);
    expect(refusals.length).toBeGreaterThan(10);
    expect(ofPages).toHaveLength(pages.size);
  });

  test.each(lists)('$name gives exactly its nodes', async ({ body }) => {
    const { code, stdout } = await upstream(body);
    expect(code).toBe(0);
    const list = JSON.parse(stdout) as UpstreamList;
    expect([...nodesOf(list)].sort()).toEqual([...nodesIn(JSON.parse(body))].sort());
  });

  test.each(ofRoutes)('$name is Unread, for nobody asked for upstreams', async ({ body }) => {
    const { code, stdout, stderr } = await upstream(body, 'table');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(
      'error: cannot read the upstreams of standard input: there is no list of upstreams among the files\n',
    );
  });

  test.each(ofPages)('$name is Unread, for it is not the whole list', async ({ name, body }) => {
    const { code, stdout, stderr } = await upstream(body);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(
      `error: cannot read the upstreams of standard input: the APISIX admin API was asked for one page: ${pages.get(name)} of 22 objects\n`,
    );
  });

  test.each(refusals)('$name is Unread with a reason, never no upstreams', async ({ body }) => {
    const { code, stdout, stderr } = await upstream(body);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^error: cannot read the upstreams of standard input: the (?:standalone APISIX|APISIX admin API) \S+/,
    );
  });
});

describe('upstream --from what controller 2.2.0 wrote', () => {
  const objects = Object.entries(JSON.parse(recordedText('v2.2.0/10-shapes.store.json')) as object);
  const left = {
    key: '/apisix/upstreams/1eft',
    value: { name: 'default_old_0', labels: { 'managed-by': 'apisix-ingress-controller' }, nodes: [] },
  };
  const list = [...objects.map(([key, value]: [string, unknown]) => ({ key, value })), left];
  const body = JSON.stringify({ total: list.length, list });

  test('shows weights, routes, and what nothing refers to', async () => {
    const { stdout } = await upstream(body, 'table');
    const [head = '', ...lines] = stdout.trimEnd().split('\n');
    expect(head.split(/ {2,}/)).toEqual(['ID', 'NAME', 'SERVICE', 'NODES', 'WEIGHT', 'SOURCE', 'ROUTES']);
    const line = (name: string) => lines.find((one) => one.includes(name))?.split(/ {2,}/);
    expect(line('Service_default_headless_80')).toEqual([
      '851b714a',
      'Service_default_headless_80',
      'default/headless:80',
      '5',
      '1/4',
      'Controller',
      '80d0044f',
    ]);
    expect(line('default_old_0')).toEqual([
      '1eft',
      'default_old_0',
      '<unknown>',
      '0',
      '<none>',
      'Controller (orphan: Unreferenced)',
      '<none>',
    ]);
  });

  test('-o json has the same', async () => {
    const { items } = JSON.parse((await upstream(body)).stdout) as UpstreamList;
    expect(items.filter(({ orphan }) => orphan).map(({ id }) => id)).toEqual(['1eft']);
    expect(items.find(({ name }) => name === 'default_hr_0')?.shares).toEqual([
      { of: { kind: 'Service', id: 'd6a8f6ff' }, weight: 3, total: 4 },
    ]);
  });

  test('-o name prints one name a line, of an inline one that of its holder', async () => {
    const { stdout } = await upstream(body, 'name');
    expect(stdout.split('\n')).toContain('upstream/851b714a');
    const old = Object.entries(
      JSON.parse(recordedText('v2.2.0/06-adc-inline-upstream-migration-bug.json')) as object,
    ).map(([key, value]: [string, unknown]) => ({ key, value }));
    const inline = await upstream(JSON.stringify({ total: old.length, list: old }), 'name');
    expect(inline.stdout).toBe('service/57a0729f\nupstream/57a0729f\n');
  });
});

test('an update_time that no calendar has is no moment, and no bug', async () => {
  const value = { id: '7', update_time: 1e15, nodes: { '10.0.0.1:80': 1 } };
  const { code, stdout } = await upstream(JSON.stringify({ key: '/apisix/upstreams/7', value }), 'name');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'upstream/7\n' });
});
