import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import type { ServiceSummaryList } from '../../source/core/report.ts';
import { httpServer, sendJson, sendStatus } from '../helpers/api-server.ts';
import { filesOf } from '../helpers/cases.ts';
import { folder, serve, untilEnd } from '../helpers/cluster.ts';
import { fakeIo } from '../helpers/io.ts';
import { kubeconfigText } from '../helpers/kubeconfig.ts';
import { recordedObjects } from '../helpers/recorded.ts';

const cases = ['insync-20', 'stale-after-scale-down', 'truncated-1200'];
const recorded = cases.flatMap(recordedObjects);

/** What the gateway of each of them had. */
const upstreams = cases.flatMap((name) => {
  const [, file = ''] = filesOf(name);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly list: readonly unknown[] }).list;
});

const pathsOfKinds = {
  '/api/v1/services': 'Service',
  '/api/v1/pods': 'Pod',
  '/api/v1/endpoints': 'Endpoints',
  '/api/v1/nodes': 'Node',
  '/apis/discovery.k8s.io/v1/endpointslices': 'EndpointSlice',
} as const;

const isKnown = (path: string): path is keyof typeof pathsOfKinds => Object.hasOwn(pathsOfKinds, path);

/** Three recorded clusters as one; `asked` is what was asked for, without queries. */
async function cluster({ forbidden = '' } = {}) {
  const asked: string[] = [];
  const { url } = await serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'https://server');
    // Of these only who looks for a gateway says which.
    const isForGateway = searchParams.has('labelSelector') && /(pods|services)$/.test(pathname);
    asked.push(`${pathname}${isForGateway ? ' of a gateway' : ''}`);
    if (pathname === forbidden && !isForGateway) sendStatus(response, 403, 'Forbidden', 'not for you');
    else if (!isKnown(pathname)) sendStatus(response, 404, 'NotFound', 'not here');
    else {
      const items = recorded.filter(({ kind }) => kind === pathsOfKinds[pathname] && !isForGateway);
      sendJson(response, { metadata: { resourceVersion: '99' }, items });
    }
  });
  return { kubeconfig: folder().write('cluster', kubeconfigText(url)), asked };
}

async function list(...args: readonly string[]) {
  const { io, stdout, stderr } = fakeIo(['list', ...args]);
  const code = await main(io);
  return { code, stdout: stdout(), stderr: stderr() };
}

const files = (name: string) => filesOf(name).flatMap((file) => ['--from', file]);

test('a cluster is listed with one request a kind, what drifts first', async () => {
  const { kubeconfig, asked } = await cluster();
  const requests: string[] = [];
  const apisix = await untilEnd(
    httpServer((request, response) => {
      requests.push(request.url ?? '');
      sendJson(response, { total: upstreams.length, list: upstreams });
    }),
  );
  const url = `http://127.0.0.1:${apisix.port}`;
  const { code, stdout, stderr } = await list('-A', '--kubeconfig', kubeconfig, '--apisix-url', url);
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "NAMESPACE                     NAME     STATUS   PODS        SLICES      ENDPOINTS   UPSTREAM   FINDING
    case-stale-after-scale-down   web      Drift    12/12       12/12       12/12       20         StaleInUpstream
    case-truncated-1200           web      Drift    1200/1200   1200/1200   1000/1000   1000       EndpointsTruncated
    case-insync-20                web      Synced   20/20       20/20       20/20       20         <none>
    "
  `);
  const source = `--kubeconfig=${kubeconfig} --apisix-url=${url}`;
  expect(stderr).toContain(`to confirm: kubectl eps diff web -n case-stale-after-scale-down ${source}\n`);
  const kinds = Object.keys(pathsOfKinds);
  expect(asked.filter((path) => kinds.includes(path)).toSorted()).toEqual(kinds.toSorted());
  expect(requests).toEqual(['/apisix/admin/upstreams']);
});

test('one namespace is listed without naming it', async () => {
  const { stdout, stderr } = await list(...files('insync-20'), '-n', 'case-insync-20');
  expect({ stdout, stderr }).toMatchInlineSnapshot(`
    {
      "stderr": "",
      "stdout": "NAME     STATUS   PODS     SLICES   ENDPOINTS   UPSTREAM   FINDING
    web      Synced   20/20    20/20    20/20       20         <none>
    ",
    }
  `);
});

test('-o wide says what is wrong, how much more there is, and which gateway was asked', async () => {
  const { stdout } = await list(...files('truncated-1200'), '-o', 'wide');
  const [head, line] = stdout.split('\n');
  expect(head).toMatch(/ UPSTREAM +FINDING +MORE +MESSAGE +GATEWAY$/);
  expect(line).toMatch(/ 1000 +EndpointsTruncated +1 +200 of 1200 addresses .* \S+\/upstreams\.json/);
});

test('-o name prints what kubectl takes', async () => {
  expect(await list(...files('truncated-1200'), '-o', 'name')).toEqual({
    code: 0,
    stdout: 'service/web\n',
    stderr: '',
  });
});

test('-o json and yaml print one list of summaries', async () => {
  const json = (await list(...files('truncated-1200'), '-o', 'json')).stdout;
  const { kind, items } = JSON.parse(json) as ServiceSummaryList;
  expect(kind).toBe('ServiceSummaryList');
  expect(items.map(({ metadata, status, findings }) => [metadata.name, status, findings[0]?.code])).toEqual([
    ['web', 'Drift', 'EndpointsTruncated'],
  ]);
  expect((await list(...files('truncated-1200'), '-o', 'yaml')).stdout).toContain(
    '\nkind: ServiceSummaryList\n',
  );
});

test('a kind that may not be read makes Services Unknown, and is told once', async () => {
  const { kubeconfig } = await cluster({ forbidden: '/apis/discovery.k8s.io/v1/endpointslices' });
  const { code, stdout, stderr } = await list('-A', '--kubeconfig', kubeconfig);
  expect(code).toBe(0);
  expect(stdout).toMatch(/insync-20 +web +Unknown +20\/20 +unread +20\/20 /);
  expect(stderr.match(/cannot read/g)).toHaveLength(1);
  expect(stderr).toContain('notice: cannot read endpointslices: not for you\n');
});

test('where Services may not be read it fails', async () => {
  const { kubeconfig } = await cluster({ forbidden: '/api/v1/services' });
  const { code, stdout, stderr } = await list('-A', '--kubeconfig', kubeconfig);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Error from server \(Forbidden\): not for you\n/);
});

test('where there are no Services it says so in the words of kubectl, and JSON is an empty list', async () => {
  const none = [...files('insync-20'), '-n', 'empty'];
  expect(await list(...none)).toEqual({
    code: 0,
    stdout: '',
    stderr: 'No resources found in empty namespace.\n',
  });
  expect(await list('-l', 'no=such', ...files('insync-20'))).toMatchObject({
    stderr: 'No resources found\n',
  });
  expect(JSON.parse((await list(...none, '-o', 'json')).stdout)).toMatchObject({ items: [] });
});
