import type { RequestListener } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openGatewayReader } from '../../source/commands/gateway.ts';
import { commandFlags } from '../../source/commands/line/flags.ts';
import { gatewayOptions } from '../../source/commands/line/gateway-options.ts';
import { typed } from '../../source/commands/line/typed.ts';
import type { GatewayKind } from '../../source/gateways/gateway.ts';
import { gatewayKinds } from '../../source/gateways/index.ts';
import { openCluster } from '../../source/sources/kubernetes/connection.ts';
import { sendJson, sendStatus } from './api-server.ts';
import { folder, serve } from './cluster.ts';
import { agreed, at, drift, reportOf } from './judging.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { ips, service } from './snapshot.ts';

/** A kind of gateway that is read through Services of its own. */
type Spoken = {
  readonly kind: GatewayKind;
  /** Of the Services that lead to gateways. */
  readonly labelSelector: string;
  /** After `/services/NAME:`, in the API server's path to such a Service. */
  readonly path: string;
  /** What is said there when `shop/web:80` goes to port 8080 of these hosts. */
  readonly answer: (hosts: readonly string[]) => unknown;
};

/** The hosts that each has, by the name of its Service. */
type Gateways = Readonly<Record<string, readonly string[] | 'refused'>>;

/** An API server in front of such gateways; `isHidden`: the list of their Services is refused. */
function cluster(
  { labelSelector, path, answer }: Spoken,
  gateways: Gateways,
  isHidden: boolean,
): RequestListener {
  return ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://test');
    const [, name = '', asked] = /^\/api\/v1\/namespaces\/gw\/services\/(.*?):(.*)$/.exec(pathname) ?? [];
    const told = asked === path ? gateways[name] : undefined;
    const isList = searchParams.get('labelSelector') === labelSelector;
    const items = Object.keys(gateways).map((own) => ({ metadata: { namespace: 'gw', name: own } }));
    if (isList && !isHidden) sendJson(response, { items });
    else if (isList || told === 'refused') sendStatus(response, 403, 'Forbidden', 'not for you');
    else sendJson(response, told ? answer(told) : { items: [] });
  };
}

/** What `diff` says of shop/web beside these gateways, with every other kind looked for, too. */
async function judged(spoken: Spoken, gateways: Gateways, isHidden = false) {
  const notices: string[] = [];
  const { url } = await serve(cluster(spoken, gateways, isHidden));
  const kubeconfig = folder().write('config', kubeconfigText(url));
  const opened = await openCluster({ kubeconfig }, {});
  onTestFinished(opened.close);
  const { flags } = await typed({ flags: [], args: [] }, commandFlags.diff);
  const reader = await openGatewayReader(opened, gatewayOptions(flags), {
    env: {},
    notice: (text) => notices.push(text),
    kinds: [...new Set([...gatewayKinds, spoken.kind])],
  });
  onTestFinished(reader.close);
  const layers = await reader.read({ services: [service()], routes: [] });
  return { ...reportOf({ ...agreed, ...layers }), notices };
}

/** That a gateway of this kind is judged as every other is. */
export function describeGateway(spoken: Spoken): void {
  const { name } = spoken.kind;

  describe(`${name}, by the contract of gateways`, () => {
    test('is in sync when it has every ready pod', async () => {
      const report = await judged(spoken, { [name]: ips(1, 2, 3) });
      expect(report).toMatchObject({ status: 'Synced', findings: [] });
      expect(report.layers.at(-1)).toMatchObject({ name: 'Upstream', state: 'Read', addresses: 3 });
    });

    test('drifts when it lacks one and has one that is gone', async () => {
      expect(drift(await judged(spoken, { [name]: ips(1, 2, 9) }))).toEqual([
        ['MissingFromUpstream', at(3)],
        ['StaleInUpstream', at(9)],
      ]);
    });

    test('is Unread, not empty, when it refuses', async () => {
      const report = await judged(spoken, { [name]: 'refused' });
      expect(report).toMatchObject({ status: 'Unknown', findings: [] });
      expect(report.layers.at(-1)).toMatchObject({ name: 'Upstream', state: 'Unread' });
    });

    test('is told from others beside it', async () => {
      const report = await judged(spoken, { left: ips(1, 2, 3), right: ips(1, 2) });
      expect(report.findings).toMatchObject([{ code: 'MissingFromUpstream', gateway: 'right' }]);
      expect(report.gateways?.map((gateway) => gateway.name)).toEqual(['left', 'right']);
    });

    test('is Absent, with a notice, where it may not be looked for', async () => {
      const { layers, notices } = await judged(spoken, { [name]: ips(1) }, true);
      expect(layers.at(-1)).toEqual({ name: 'Upstream', state: 'Absent' });
      expect(notices).toContainEqual(expect.stringMatching(new RegExp(`^cannot look for ${name}: .*403`)));
    });

    test('need not be there', async () => {
      expect((await judged(spoken, {})).layers.at(-1)).toEqual({ name: 'Upstream', state: 'Absent' });
    });
  });
}
