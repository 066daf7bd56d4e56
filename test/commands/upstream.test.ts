import { describe, expect, test } from 'vitest';
import { run } from '../../source/commands/upstream.ts';
import type { UpstreamList } from '../../source/core/report.ts';
import { readCaptures } from '../helpers/apisix/captures.ts';
import { fakeIo } from '../helpers/io.ts';

/** Every object with nodes in an answer, however deep, as `id host:port=weight ...`. */
function nodesIn(value: unknown, id = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  const own = 'id' in object ? String(object['id']) : id;
  const isUpstream = 'nodes' in object && !('dir' in object) && !('key' in object && 'value' in object);
  const inner = Object.entries(object).flatMap(([key, child]) =>
    key === 'nodes' && isUpstream ? [] : nodesIn(child, own),
  );
  return isUpstream ? [`${own} ${spell(object['nodes']).join(' ')}`.trim(), ...inner] : inner;
}

type ArrayNode = { readonly host: string; readonly port?: number; readonly weight: number };

/** IPv6 in brackets, as APISIX 3.18 wants it; older ones and the controllers write it bare. */
const bracketed = (host: string) => (/^[^[]*:/.test(host) ? `[${host}]` : host);

function spell(nodes: unknown): readonly string[] {
  const pairs = Array.isArray(nodes)
    ? (nodes as readonly ArrayNode[]).map(
        ({ host, port, weight }) =>
          [`${bracketed(host)}${port === undefined ? '' : `:${port}`}`, weight] as const,
      )
    : Object.entries(nodes as Record<string, number>);
  return pairs.map(([address, weight]) => `${address.toLowerCase()}=${weight}`).sort();
}

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

async function upstream(body: string) {
  const { io, stdout, stderr } = fakeIo(['upstream'], { stdin: body });
  const from = { kind: 'Files', paths: ['-'] } as const;
  const code = await run({ from, namespace: '', output: 'json' }, io);
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
const lists = json.filter((capture) => capture.status === 200 && !isEmpty(capture));
const refusals = json.filter((capture) => [401, 503].includes(capture.status) || isEmpty(capture));

describe('upstream --from an answer of the real APISIX admin API', () => {
  test('is tested on lists, single objects and refusals of every generation', () => {
    expect(lists.length).toBeGreaterThan(60);
    expect(refusals.length).toBeGreaterThan(10);
  });

  test.each(lists)('$name gives exactly its nodes', async ({ body }) => {
    const { code, stdout } = await upstream(body);
    expect(code).toBe(0);
    const list = JSON.parse(stdout) as UpstreamList;
    expect([...nodesOf(list)].sort()).toEqual([...nodesIn(JSON.parse(body))].sort());
  });

  test.each(refusals)('$name is Unread with a reason, never no upstreams', async ({ body }) => {
    const { code, stdout, stderr } = await upstream(body);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^error: cannot read the upstreams of standard input: the (?:standalone APISIX|APISIX admin API) \S+/,
    );
  });
});
