import { expect, test } from 'vitest';
import { itemsOf, type Snapshot } from '../../../source/core/snapshot.ts';
import { collectKubernetes } from '../../../source/sources/files/kubernetes.ts';
import { parseSnapshot } from '../../../source/sources/files/snapshot.ts';
import { recordedObjects } from '../../helpers/recorded.ts';

const { layers } = collectKubernetes(
  ['insync-20', 'dual-stack', 'externalname', 'headless', 'named-port-mixed', 'selectorless'].map((name) => ({
    source: name,
    value: { apiVersion: 'v1', kind: 'List', items: recordedObjects(name) },
  })),
);

const snapshot: Snapshot = {
  apiVersion: 'eps/v1',
  kind: 'Snapshot',
  takenAt: '2026-01-01T00:00:00Z',
  serverTime: '2026-01-01T00:00:01.000Z',
  versions: { kubernetes: 'v1.37.2', apisix: '3.18.0' },
  ...layers,
  upstreams: {
    state: 'Read',
    items: [
      {
        id: '1',
        name: 'web',
        source: 'Controller',
        nodes: { state: 'Read', items: [{ host: '10.0.0.1', port: 80, weight: 1, priority: 0 }] },
        service: { namespace: 'shop', name: 'web', port: 80, granularity: 'endpoint' },
      },
      { id: '2', name: 'found', source: 'Discovery', nodes: { state: 'Unread', reason: 'discovery' } },
    ],
    resourceVersion: '',
    source: 'upstreams.json',
  },
  replicas: {
    state: 'Read',
    items: [
      {
        gateway: 'apisix',
        name: 'gw/apisix-0',
        isStandalone: false,
        upstreams: { state: 'Unread', reason: 'refused', source: 'pod gw/apisix-0' },
        runtime: {
          state: 'Read',
          items: [
            { id: '1', name: 'web', source: 'Controller', nodes: { state: 'Read', items: [] }, revision: 7 },
          ],
          resourceVersion: '',
          source: 'pod gw/apisix-0',
        },
        healthChecks: {
          state: 'Read',
          items: [
            { id: '1', nodes: { state: 'Read', items: [{ host: '10.0.0.1', port: 80, healthy: false }] } },
          ],
          resourceVersion: '',
          source: 'pod gw/apisix-0',
        },
      },
    ],
    resourceVersion: '',
    source: 'APISIX',
  },
  gatewayGiven: true,
};

/** What comes back from a file; JSON, so that the value may be changed at will. */
function written(): Record<string, unknown> {
  return JSON.parse(JSON.stringify(snapshot)) as Record<string, unknown>;
}

test('a snapshot of recorded clusters comes back from its file as it was', () => {
  expect(parseSnapshot(written())).toEqual(snapshot);
});

test('a snapshot of the first format is read: it knew the version of Kubernetes alone', () => {
  const { versions, ...others } = written();
  const { replicas, ...old } = others;
  const first = parseSnapshot({ ...old, serverVersion: 'v1.37.2' });
  expect([versions, replicas]).not.toContain(undefined);
  expect(first).toEqual({
    ...snapshot,
    versions: { kubernetes: 'v1.37.2' },
    replicas: { state: 'Absent' },
  });
});

test.each([{ kind: 'List', apiVersion: 'v1' }, { kind: 'Snapshot', apiVersion: 'v1' }, [], null])(
  '%j is something else',
  (value) => {
    expect(parseSnapshot(value)).toBeUndefined();
  },
);

test('a snapshot of a newer version asks for a newer program', () => {
  expect(() => parseSnapshot({ ...written(), apiVersion: 'eps/v2' })).toThrow(
    'the snapshot was written by a newer kubectl eps (eps/v2, this one reads eps/v1)',
  );
});

test.each([
  [{ pods: undefined }, 'pods is no object'],
  [{ takenAt: 7 }, 'takenAt is no text'],
  [{ serverTime: 7 }, 'serverTime is no text'],
  [
    { pods: { ...snapshot.pods, items: itemsOf(snapshot.pods).map((pod) => ({ ...pod, changedAt: 7 })) } },
    'pods.items[0].changedAt is no text',
  ],
  [{ gatewayGiven: 'yes' }, 'gatewayGiven is neither true nor false'],
  [{ nodes: { state: 'Lost' } }, 'nodes.state is not Read'],
  [
    { nodes: { ...snapshot.nodes, items: [{ name: 'a', ready: true }, {}] } },
    'nodes.items[1].name is no text',
  ],
  [{ nodes: { ...snapshot.nodes, items: {} } }, 'nodes.items is no list'],
])('a snapshot with %j is damaged: %s', (change, fault) => {
  expect(() => parseSnapshot({ ...written(), ...change })).toThrow(`the snapshot is damaged: ${fault}`);
});
