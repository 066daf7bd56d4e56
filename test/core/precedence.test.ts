import { describe, expect, test } from 'vitest';
import { divergence, firstDivergence } from '../../source/core/divergence.ts';
import type { ComparedLayer } from '../../source/core/expected.ts';
import { findings } from '../../source/core/findings/index.ts';
import { join, type Join } from '../../source/core/join.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import { crowdIps, cutAfter } from '../helpers/crowd.ts';
import { agreed, reportOf } from '../helpers/judging.ts';
import { endpoints, ips, pod, pods, read, slice, snapshot, upstream } from '../helpers/snapshot.ts';

const node = { name: 'node-1', uid: 'node-1', resourceVersion: '1', ready: true };
const cut = { overCapacity: 'truncated' } as const;
const mirror = 'endpointslicemirroring-controller.k8s.io';
const extra = (changes: Parameters<typeof slice>[1]) => slice(ips(9), { name: 'web-extra', ...changes });

/** Pod 3 is on a Node that is gone. */
const gone = {
  nodes: read([node]),
  pods: read([...pods(2), pod(3, { nodeName: 'gone' })]),
  endpointSlices: read([slice(ips(1, 2))]),
  endpoints: read([endpoints(ips(1, 2, 3))]),
};
/** Pod 9 has ended and is still published. */
const ended = { ...agreed, pods: read([...pods(3), pod(9, { phase: 'Failed', ready: false })]) };
const stray = (changes: Parameters<typeof slice>[1]) => ({
  ...agreed,
  endpointSlices: read([slice(ips(1, 2, 3)), extra(changes)]),
  upstreams: read([upstream(ips(1, 2, 3, 9))]),
});
const ofADeletedService = stray({ owner: { kind: 'Service', name: 'web', uid: 'uid-before' } });
const mirrored = stray({ managedBy: mirror, owner: { kind: 'Endpoints', name: 'web', uid: 'uid-ep' } });
const foreign = stray({ managedBy: 'example' });
const heldBack = stray({ managedBy: 'example', terminating: true });
const frozen = {
  ...agreed,
  versions: { kubernetes: 'v1.31.1' },
  endpoints: read([endpoints(ips(1, 2, 3, 9), cut)]),
};
/** Endpoints is cut after pod 1, and so is the upstream. */
const truncated = {
  ...cutAfter(1, 3),
  upstreams: read([upstream([...crowdIps(999), ...ips(1)])]),
};
const shadow = {
  ...truncated,
  upstreams: read([
    upstream([...crowdIps(999), ...ips(1, 9)], { inline: { kind: 'Service', id: '1' }, shadows: '1' }),
  ]),
};

/** The earlier finding, the one that must leave it the address, where, which address, and the Snapshot. */
const pairs: readonly (readonly [string, string, ComparedLayer, number, Partial<Snapshot>])[] = [
  ['EndpointsTruncated', 'MissingFromEndpoints', 'Endpoints', 3, truncated],
  ['EndpointsFrozen', 'StaleInEndpoints', 'Endpoints', 9, frozen],
  [
    'EndpointsFrozen',
    'MissingFromEndpoints',
    'Endpoints',
    3,
    { ...frozen, endpoints: read([endpoints(ips(1, 2, 9), cut)]) },
  ],
  [
    'EndpointsFrozen',
    'EndpointsTruncated',
    'Endpoints',
    1,
    {
      ...truncated,
      versions: frozen.versions,
      endpoints: read([endpoints([...crowdIps(999), ...ips(9)], cut)]),
    },
  ],
  ['EndpointsFrozen', 'TerminalPodPublished', 'Endpoints', 9, { ...frozen, pods: ended.pods }],
  [
    'EndpointsFrozen',
    'ReadinessSplit',
    'Endpoints',
    3,
    { ...frozen, pods: read([...pods(2), pod(3, { ready: false })]) },
  ],
  ['NodeMissing', 'MissingFromSlices', 'EndpointSlices', 3, gone],
  ['NodeMissing', 'MissingFromUpstream', 'Upstream', 3, { ...gone, upstreams: read([upstream(ips(1, 2))]) }],
  [
    'TerminalPodPublished',
    'StaleInSlices',
    'EndpointSlices',
    9,
    { ...ended, endpointSlices: read([slice(ips(1, 2, 3, 9))]) },
  ],
  [
    'TerminalPodPublished',
    'StaleInUpstream',
    'Upstream',
    9,
    {
      ...ended,
      endpointSlices: read([slice(ips(1, 2, 3, 9))]),
      upstreams: read([upstream(ips(1, 2, 3, 9))]),
    },
  ],
  [
    'TerminalPodPublished',
    'StaleInEndpoints',
    'Endpoints',
    9,
    { ...ended, endpoints: read([endpoints(ips(1, 2, 3, 9))]) },
  ],
  ['OwnerMismatch', 'StaleInSlices', 'EndpointSlices', 9, ofADeletedService],
  ['OwnerMismatch', 'StaleInUpstream', 'Upstream', 9, ofADeletedService],
  ['OrphanedMirrorSlice', 'StaleInSlices', 'EndpointSlices', 9, mirrored],
  ['OrphanedMirrorSlice', 'StaleInUpstream', 'Upstream', 9, mirrored],
  ['SliceTerminating', 'ForeignSliceManager', 'EndpointSlices', 9, heldBack],
  ['SliceTerminating', 'StaleInSlices', 'EndpointSlices', 9, heldBack],
  ['ForeignSliceManager', 'StaleInSlices', 'EndpointSlices', 9, foreign],
  ['ForeignSliceManager', 'StaleInUpstream', 'Upstream', 9, foreign],
  [
    'ReadinessSplit',
    'MissingFromEndpoints',
    'Endpoints',
    3,
    { ...agreed, endpoints: read([endpoints(ips(1, 2), { notReady: ips(3) })]) },
  ],
  [
    'ReadinessSplit',
    'StaleInEndpoints',
    'Endpoints',
    3,
    { ...agreed, pods: read([...pods(2), pod(3, { ready: false })]) },
  ],
  ['InlineUpstreamShadow', 'UpstreamCutByEndpoints', 'Upstream', 3, shadow],
  ['InlineUpstreamShadow', 'MissingFromUpstream', 'Upstream', 3, shadow],
  ['InlineUpstreamShadow', 'StaleInUpstream', 'Upstream', 9, shadow],
  [
    'UpstreamNotFound',
    'MissingFromUpstream',
    'Upstream',
    3,
    { ...agreed, upstreams: read([]), gatewayGiven: true },
  ],
  ['UpstreamEmpty', 'MissingFromUpstream', 'Upstream', 3, { ...agreed, upstreams: read([upstream([])]) }],
  ['UpstreamCutByEndpoints', 'MissingFromUpstream', 'Upstream', 3, truncated],
];

function joined(layers: Partial<Snapshot>): Join {
  const whole = snapshot(layers);
  const [service] = itemsOf(whole.services);
  if (!service) throw new Error('no Service');
  return join(indexScopes(whole)(service));
}

/** What a finding would take if it came first. */
function wouldTake(code: string, layers: Partial<Snapshot>): readonly string[] {
  const whole = joined(layers);
  const finding = findings.find((each) => each.code === code);
  const found = finding?.find({
    join: whole,
    unexplained: (layer, kind) => whole.rows.filter((row) => divergence(row, layer) === kind),
  });
  return (found ?? []).flatMap(({ rows, explains = [] }) => [...rows, ...explains].map(({ text }) => text));
}

describe('of two findings that could explain an address', () => {
  test.each(pairs)('%s comes before %s (%s)', (first, second, layer, last, layers) => {
    const address = `10.0.0.${last}:8080`;
    const codes = findings.map(({ code }) => code);
    expect(codes.indexOf(first)).toBeLessThan(codes.indexOf(second));
    expect(wouldTake(second, layers)).toContain(address);

    const report = reportOf(layers);
    const taking = report.findings.filter(({ severity }) => severity !== 'Info');
    expect(taking.map(({ code }) => code)).toContain(first);
    expect(taking.find(({ code }) => code === second)?.addresses ?? []).not.toContain(address);
    const row = report.addresses.find((each) => each.address === address);
    if (row?.firstDivergence === layer) expect(row.because).toBe(first);
  });
});

describe('every address that diverges', () => {
  test.each(pairs)('has its first layer and its cause (%s, %s)', (_first, _second, _layer, _last, layers) => {
    const report = reportOf(layers);
    const codes = report.findings.map(({ code }) => code);
    const diverging = joined(layers).rows.filter((row) => firstDivergence(row) !== undefined);
    expect(diverging.length).toBeGreaterThan(0);
    for (const { text } of diverging) {
      const row = report.addresses.find(({ address }) => address === text);
      expect(row?.firstDivergence).toBeDefined();
      expect(codes).toContain(row?.because);
    }
    const agreeing = report.addresses.filter(({ firstDivergence: layer }) => layer === undefined);
    expect(agreeing.filter(({ because }) => because !== undefined)).toEqual([]);
  });
});

test('only the plain differences come after all causes that have a name', () => {
  const plain = findings.map(({ code }) => code).filter((code) => /^(Missing|Stale)(From|In)/.test(code));
  const claiming = new Set(pairs.map(([first]) => first));
  const last = Math.max(...findings.map(({ code }, index) => (claiming.has(code) ? index : -1)));
  const first = Math.min(...plain.map((code) => findings.findIndex((finding) => finding.code === code)));
  expect(plain).toHaveLength(6);
  expect(last).toBeLessThan(first);
});
