import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatAddress } from '../../../source/core/address.ts';
import {
  asArray,
  asRecord,
  asText,
  isRecord,
  parseJson,
  type UnknownRecord,
} from '../../../source/core/door.ts';
import type { UpstreamNodes } from '../../../source/core/snapshot.ts';
import { readAdmin } from '../../../source/gateways/apisix/admin.ts';
import { parseControl } from '../../../source/gateways/apisix/control/answer.ts';
import { parseHealthCheck } from '../../../source/gateways/apisix/control/health-check.ts';
import { parseWorkerUpstream } from '../../../source/gateways/apisix/control/runtime-upstream.ts';
import { parseDump } from '../../../source/gateways/apisix/effective/discovery.ts';
import { upstreamsOf } from '../../../source/gateways/apisix/upstreams.ts';
import { readCaptures, type Capture } from '../../helpers/apisix/captures.ts';
import { nodesIn } from '../../helpers/apisix/nodes.ts';
import { pages } from '../../helpers/apisix/pages.ts';

const root = new URL('../../fixtures/apisix/', import.meta.url);
const folders = readdirSync(root);
const captures = folders.flatMap(readCaptures);
/** The rest is traffic, and what is no GET. */
const on = (port: number) => captures.filter((capture) => capture.method === 'GET' && capture.port === port);
const source = 'pod gw/apisix-0';

test('every file is a capture that is read here, or one that the tool never asks for', () => {
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root)).map((name) => `${folder}/${name}`),
  );
  const names = new Set(captures.map(({ name }) => name));
  const others = files.filter((file) => !names.has(file.replace(/\.[a-z]+$/, '')));
  expect(others.filter((file) => !/\/INDEX[\w-]*\.md$|\.size\.txt$/.test(file))).toEqual([]);
  const unasked = captures.filter(({ method, port }) => method !== 'GET' || port === 9080);
  expect(on(9180).length + on(9090).length + unasked.length).toBe(captures.length);
});

/** Why nothing can be told of an answer of the admin API, by its status and body. */
const adminReasons: readonly (readonly [status: number, body: RegExp, reason: string])[] = [
  [
    200,
    /_conf_version"/,
    'the standalone APISIX shows no configuration: none has come since its start, or it was too big to keep (200)',
  ],
  [200, /./, 'the APISIX admin API answered with something that is no whole JSON of its objects (200)'],
  [
    400,
    /stream mode/,
    'the APISIX admin API answered: stream mode is disabled, can not add stream routes (400)',
  ],
  [
    400,
    /page_size/,
    'the APISIX admin API answered with something that is no whole JSON of its objects (400)',
  ],
  [403, /^<html>/, 'the APISIX admin API does not let this address in (403): see allow_admin'],
  [
    404,
    /Unsupported resource type: configs/,
    'the APISIX admin API answered: Unsupported resource type: configs (404)',
  ],
  [
    404,
    /Unsupported resource type: upstream/,
    'the APISIX admin API answered: Unsupported resource type: upstream (404)',
  ],
  [404, /"not found"/, 'the APISIX admin API answered: not found (404)'],
  [404, /^<html>/, `the APISIX admin API answered with HTML, not JSON (404): is ${source} the admin API?`],
  [500, /^<html>/, 'the APISIX admin API failed (500)'],
  [503, /timeout/, 'the APISIX admin API answered: http://127.0.0.1:12379: timeout (503)'],
  [503, /no healthy etcd/, 'the APISIX admin API answered: has no healthy etcd endpoint available (503)'],
];
const refused = 'the APISIX admin API refused the key (401)';
const keyless = 'the APISIX admin API wants a key, and none was sent (401)';

function adminReason({ name, status, body, requestHeaders }: Capture): string | undefined {
  const onPage = pages.get(name);
  if (onPage !== undefined) {
    return `the APISIX admin API was asked for one page: ${onPage} of 22 objects (200)`;
  }
  if (status === 401) return 'X-API-KEY' in requestHeaders ? refused : keyless;
  return adminReasons.find(([own, words]) => own === status && words.test(body))?.[2];
}

/** Of the admin API: a list, one object, or that there is no such object. */
function hasObjects(answer: unknown): boolean {
  if (!isRecord(answer)) return false;
  const isStandalone = 'upstreams_conf_version' in answer && Object.values(answer).some(Array.isArray);
  return (
    isStandalone ||
    'list' in answer ||
    'node' in answer ||
    'key' in answer ||
    answer['message'] === 'Key not found'
  );
}

const spelled = (id: string, nodes: UpstreamNodes) =>
  nodes.state === 'Read'
    ? [
        `${id} ${nodes.items
          .map((node) => `${formatAddress(node)}=${node.weight}`)
          .sort()
          .join(' ')}`.trim(),
      ]
    : [];

describe('an answer of the real admin API gives exactly its nodes, or the reason why there are none to be told', () => {
  test.each(on(9180))('$name', async (capture) => {
    const { status, body, requestHeaders } = capture;
    const transport = {
      source,
      get: () => Promise.resolve({ status, text: body }),
      range: () => Promise.reject(new Error('no etcd here')),
      close: () => undefined,
    };
    const reading = await readAdmin(transport, requestHeaders['X-API-KEY'], 'upstreams', { kind: 'all' });
    const answer = parseJson(body);
    expect(reading.state === 'Read').toBe(hasObjects(answer) && !pages.has(capture.name));
    if (reading.state === 'Unread') {
      expect(reading.reason).toBe(adminReason(capture));
      return;
    }
    const upstreams = upstreamsOf(reading.items, { services: [], routes: [] });
    expect(upstreams.flatMap(({ id, nodes }) => spelled(id, nodes)).sort()).toEqual(
      [...nodesIn(answer)].sort(),
    );
  });
});

/** Why nothing can be told of an answer of the control API. */
const controlReasons: typeof adminReasons = [
  [
    200,
    /^(?:\{\}\s*)?$/,
    'the APISIX control API told nothing (200): the pod may have started without its configuration',
  ],
  [200, /^<html/, `the APISIX control API answered with HTML, not JSON (200): is ${source} the control API?`],
  [400, /invalid src type/, 'the APISIX control API answered: invalid src type foo (400)'],
  [
    404,
    /^<html>/,
    `the APISIX control API answered with HTML, not JSON (404): is ${source} the control API?`,
  ],
  [500, /^<!DOCTYPE html>/, 'the APISIX control API failed (500)'],
];

/** The nodes of an upstream, or of the one inside of a route or service, by the eye. */
function nodesOfItem({ key, value }: UnknownRecord): readonly string[] {
  const own = asRecord(value);
  const upstream = asText(key).includes('/upstreams/') ? own : own['upstream'];
  return nodesIn(upstream, asText(own['id']));
}

/** `127.0.0.1:19001 ...` of a health checker, by the eye. */
function checkedBy({ nodes }: UnknownRecord): readonly string[] {
  return asArray(nodes)
    .map(asRecord)
    .map(({ ip, host, port }) => `${asText(ip) || asText(host)}:${String(port)}`);
}

describe('an answer of the real control API gives exactly its nodes, or the reason why there are none to be told', () => {
  test.each(on(9090))('$name', ({ path, status, body }) => {
    const answer = parseControl({ status, text: body }, source);
    if (answer.kind === 'Error') {
      expect(answer.reason).toBe(
        controlReasons.find(([own, words]) => own === status && words.test(body))?.[2],
      );
      return;
    }
    if (answer.kind === 'Missing') {
      expect(body).toMatch(/not found|no checker/);
      return;
    }
    const items = [parseJson(body)].flat().map(asRecord);
    if (path.startsWith('/v1/healthcheck')) {
      const checks = answer.items.map(parseHealthCheck);
      const told = checks.map(({ nodes }) => (nodes.state === 'Read' ? nodes.items.map(formatAddress) : []));
      expect(told).toEqual(items.map(checkedBy));
    } else if (path.startsWith('/v1/discovery')) {
      expect(answer.items.map(parseDump)).toMatchObject([[{ id: '' }]]);
    } else {
      const workers = answer.items.flatMap((item) => parseWorkerUpstream(item) ?? []);
      const told = workers.flatMap(({ upstream: { id, nodes } }) => spelled(id, nodes));
      expect(told.sort()).toEqual(items.flatMap(nodesOfItem).sort());
    }
  });
});
