import type { RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openGatewayReader } from '../../../source/commands/gateway.ts';
import { gatewayOptions } from '../../../source/commands/line/gateway-options.ts';
import { commandFlags } from '../../../source/commands/line/flags.ts';
import { typed } from '../../../source/commands/line/typed.ts';
import { gatewayKinds } from '../../../source/gateways/index.ts';
import { openCluster } from '../../../source/sources/kubernetes/connection.ts';
import { sendJson, sendStatus } from '../../helpers/api-server.ts';
import { folder, serve } from '../../helpers/cluster.ts';
import { agreed, at, drift, reportOf } from '../../helpers/judging.ts';
import { kubeconfigText } from '../../helpers/kubeconfig.ts';
import { ips, service } from '../../helpers/snapshot.ts';
import { tiny } from './kind.ts';

const backends = (hosts: readonly string[]) => [
  { service: 'shop/web:80', backends: hosts.map((host) => `${host}:8080`) },
];

/** An API server in front of tiny gateways, by the names of their Services; a number is a refusal. */
function cluster(gateways: Readonly<Record<string, unknown>>): RequestListener {
  return ({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://test');
    const [, name = ''] =
      /^\/api\/v1\/namespaces\/gw\/services\/(.*):admin\/proxy\/backends$/.exec(pathname) ?? [];
    const answer = gateways[name];
    if (pathname === '/api/v1/services') {
      const items = Object.keys(gateways).map((own) => ({ metadata: { namespace: 'gw', name: own } }));
      sendJson(response, { items });
    } else if (typeof answer === 'number') sendStatus(response, answer, 'Forbidden', 'not for you');
    else sendJson(response, answer ?? { items: [] });
  };
}

/** What `diff` says of shop/web beside these gateways, with every other kind looked for, too. */
async function judged(gateways: Readonly<Record<string, unknown>>) {
  const { url } = await serve(cluster(gateways));
  const kubeconfig = folder().write('config', kubeconfigText(url));
  const opened = await openCluster({ kubeconfig }, {});
  onTestFinished(opened.close);
  const { flags } = await typed({ flags: [], args: [] }, commandFlags.diff);
  const reader = await openGatewayReader(opened, gatewayOptions(flags), {
    env: {},
    notice: () => undefined,
    kinds: [...gatewayKinds, tiny],
  });
  onTestFinished(reader.close);
  return reportOf({ ...agreed, ...(await reader.read({ services: [service()], routes: [] })) });
}

describe('a gateway of another kind, by the same contract', () => {
  test('is in sync when it has every ready pod', async () => {
    const report = await judged({ tiny: backends(ips(1, 2, 3)) });
    expect(report).toMatchObject({ status: 'Synced', findings: [] });
    expect(report.layers.at(-1)).toMatchObject({ name: 'Upstream', addresses: 3, source: 'Service gw/tiny' });
  });

  test('drifts when it lacks one and has one that is gone', async () => {
    expect(drift(await judged({ tiny: backends(ips(1, 2, 9)) }))).toEqual([
      ['MissingFromUpstream', at(3)],
      ['StaleInUpstream', at(9)],
    ]);
  });

  test('is Unread, not empty, when it refuses', async () => {
    const report = await judged({ tiny: 403 });
    expect(report).toMatchObject({ status: 'Unknown', findings: [] });
    expect(report.layers.at(-1)).toMatchObject({ state: 'Unread', reason: 'it answered with 403' });
  });

  test('is told from others beside it', async () => {
    const report = await judged({ left: backends(ips(1, 2, 3)), right: backends(ips(1, 2)) });
    expect(report.findings).toMatchObject([{ code: 'MissingFromUpstream', gateway: 'right' }]);
    expect(report.gateways?.map(({ name }) => name)).toEqual(['left', 'right']);
  });

  test('need not be there', async () => {
    expect((await judged({})).layers.at(-1)).toEqual({ name: 'Upstream', state: 'Absent' });
  });
});
