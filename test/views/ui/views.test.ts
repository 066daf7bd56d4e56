import { describe, expect, test } from 'vitest';
import { judge } from '../../../source/core/judge.ts';
import type { Pod } from '../../../source/core/kubernetes.ts';
import { itemsOf, type Snapshot } from '../../../source/core/snapshot.ts';
import type { World } from '../../../source/views/ui/model.ts';
import type { State } from '../../../source/views/ui/state.ts';
import { refTo } from '../../helpers/objects.ts';
import { after, frame, judgedWorld, observed, press, spoken, start } from '../../helpers/screen.tsx';
import {
  endpoints,
  ips,
  pod,
  pods,
  read,
  replica,
  service,
  slice,
  snapshot,
  unread,
  upstream,
} from '../../helpers/snapshot.ts';

const sizes = ['80x24', '120x40', '300x100'];

/** Exactly this is on the screen, at each size. */
async function expectFrames(name: string, stateAt: (size: string) => State): Promise<void> {
  for (const size of sizes) {
    await expect(frame(stateAt(size))).toMatchFileSnapshot(`frames/${name}-${size}.txt`);
  }
}

const some = pods(30).map((one) => ({ ...one, nodeName: `node-${one.resourceVersion}` }));
const held = some.map(({ podIPs: [ip = ''] }) => ip);

function endpointsOf(chosen: readonly Pod[]) {
  return chosen.map((one) => ({
    addresses: one.podIPs,
    ready: true,
    serving: true,
    terminating: false,
    nodeName: 'node-1',
    zone: 'zone-a',
    targetRef: refTo(one),
  }));
}

/** shop/web: Endpoints lags behind, one pod of the gateway is alone with an address, one slice is somebody else's. */
const layers: Partial<Snapshot> = {
  takenAt: '2026-01-01T12:00:00.000Z',
  pods: read(some),
  endpointSlices: read([
    slice([], { endpoints: endpointsOf(some.slice(0, 20)), createdAt: '2025-12-20T12:00:00Z' }),
    slice([], {
      name: 'web-x9zq2',
      uid: 'uid-2',
      endpoints: endpointsOf(some.slice(20)),
      createdAt: '2026-01-01T11:58:00Z',
    }),
    slice(['192.0.2.1'], { name: 'by-hand', uid: 'uid-3', managedBy: '' }),
  ]),
  endpoints: read([endpoints(held.slice(0, 28))]),
  upstreams: read([upstream(held.slice(0, 28))]),
  replicas: read([
    replica('apisix-0', held.slice(0, 28)),
    replica('apisix-1', held.slice(0, 28)),
    replica('apisix-2', ['10.0.9.9', ...held.slice(0, 20)]),
  ]),
};

const web = (changes: Partial<Snapshot> = {}) => judgedWorld(snapshot({ ...layers, ...changes }));
const at = (size: string, world: World = web()) => start(world, size);

const later = web({
  takenAt: '2026-01-01T12:00:04.000Z',
  endpoints: read([endpoints(held.slice(0, 29))]),
  upstreams: read([upstream(held.slice(0, 29))]),
});

const events = [
  {
    at: '2026-01-01T11:59:30Z',
    type: 'Warning',
    reason: 'Unhealthy',
    object: 'Pod/web-7',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    count: 12,
  },
  {
    at: '2026-01-01T10:00:00Z',
    type: 'Normal',
    reason: 'Scheduled',
    object: 'Pod/web-8',
    message: 'Successfully assigned shop/web-8 to node-1',
    count: 1,
  },
];

describe('each view has its frames:', () => {
  test('addresses, all of them and sorted', () =>
    expectFrames('addresses', (size) => press(at(size), 'z', 'E', 'down')));
  test('an address', () => expectFrames('address', (size) => press(at(size), 'enter')));
  test('findings, with the page of explain beside', () =>
    expectFrames('findings', (size) => press(at(size), 'tab', 'down')));
  test('a finding', () => expectFrames('finding', (size) => press(at(size), 'tab', 'enter')));
  test('slices', () => expectFrames('slices', (size) => press(at(size), 'tab', 'tab')));
  test('a slice', () => expectFrames('slice', (size) => press(at(size), 'tab', 'tab', 'G', 'enter')));
  test('replicas', () => expectFrames('replicas', (size) => press(at(size), 'tab', 'tab', 'tab')));
  test('the timeline', () =>
    expectFrames('timeline', (size) => press(observed(at(size), later), 'shift-tab', 'shift-tab')));
  test('events', () =>
    expectFrames('events', (size) =>
      after(press(at(size), 'shift-tab'), {
        kind: 'events',
        name: 'shop/web',
        events: { state: 'Read', items: events },
      }),
    ));
  test('a row as JSON', () => expectFrames('json', (size) => press(at(size), 'y')));
  test('the keys', () => expectFrames('keys', (size) => press(at(size), '?')));
});

describe('the list of Services', () => {
  const named = (name: string, namespace = 'shop') => service({ name, namespace, uid: `uid-${name}` });
  const many = snapshot({
    ...layers,
    services: read([named('web'), named('api'), named('cart', 'team-of-the-very-long-name'), named('db')]),
  });
  const list = (size: string) => start(judgedWorld(many), size, { hasList: true });

  test('has its frames, drift first', () => expectFrames('services', list));

  test('opens a Service, and escape returns to where one was', () => {
    const opened = press(list('120x40'), 'down', 'enter');
    expect(opened.view).toMatchObject({ place: 'addresses', opened: { name: 'shop/api' } });
    expect(frame(opened).split('\n')[0]).toMatch(/^services > shop\/api {2}/);
    const back = press(opened, 'tab', 'enter', 'escape', 'escape');
    expect(back.view.place).toBe('services');
    expect(back.table.cursor).toBe(1);
  });

  test('opens every Service with tabs of its own', () => {
    const first = press(list('120x40'), 'enter', '/', 'x', 'enter', 'tab', 'escape');
    expect(press(first, 'down', 'enter').table.filter).toBe('');
  });
});

describe('each state has its frames:', () => {
  test('a layer that may not be read', () =>
    expectFrames('forbidden', (size) => {
      const reason = 'endpointslices.discovery.k8s.io is forbidden: User "jane" cannot list resource';
      return at(size, web({ endpointSlices: { ...unread, reason } }));
    }));

  test('no pods', () =>
    expectFrames('no-pods', (size) =>
      at(
        size,
        web({
          pods: read([]),
          endpointSlices: read([slice([])]),
          endpoints: read([endpoints([])]),
          upstreams: { state: 'Absent' },
          replicas: { state: 'Absent' },
        }),
      ),
    ));

  test('a cluster that cannot be reached, and is again', async () => {
    const freshness = web().freshness.map((each) => ({
      ...each,
      state: 'Stale' as const,
      reason: 'connect ECONNREFUSED 10.0.0.1:6443',
    }));
    const stale = (size: string) => observed(at(size), { ...web(), freshness }, 6000);
    await expectFrames('unreachable', stale);
    expect(frame(observed(stale('80x24'), later))).not.toContain('stale');
  });

  test('a Service that is gone', () =>
    expectFrames('deleted', (size) => observed(at(size), { ...web(), services: [] })));

  test('a paused screen', () => expectFrames('paused', (size) => observed(press(at(size), 'p'), later)));

  test('changes', () => expectFrames('changed', (size) => observed(press(at(size), 'z'), later)));

  test('long names, wide characters, and letters from right to left', () =>
    expectFrames('names', (size) => {
      const names = ['x'.repeat(300), '古池や蛙飛び込む水の音'.repeat(3), 'שלום-עולם', 'e\u0301'.repeat(20)];
      const strange = names.map((name, index) =>
        pod(index + 1, { name, uid: name, nodeName: '\u202enode\u001b[31m' }),
      );
      return at(size, web({ pods: read(strange), endpoints: read([endpoints(ips(1))]) }));
    }));
});

test('drift that may still settle is called so', () => {
  const whole = snapshot(layers);
  const [report] = judge(whole, itemsOf(whole.services));
  if (!report) throw new Error('no report');
  const settling = report.findings.map((finding) => ({
    ...finding,
    confirmation: { state: 'Settling' as const, since: report.observedAt },
  }));
  const world = web();
  const [one] = world.services;
  if (!one) throw new Error('no Service');
  const state = start(
    { ...world, services: [{ ...one, report: { ...report, findings: settling } }] },
    '120x40',
  );
  const lines = frame(state).split('\n');
  expect(lines[0]).toContain('shop/web  Drift, settling');
  expect(lines[2]).toContain('settling: ');
});

test('no frame is wider or higher than the terminal, nor carries a control', () => {
  for (const size of ['60x15', ...sizes]) {
    const [columns = 0, rows = 0] = size.split('x').map(Number);
    for (const keys of [
      [],
      ['z'],
      ['tab'],
      ['tab', 'tab'],
      ['tab', 'tab', 'tab'],
      ['y'],
      ['?'],
      ['/', '('],
    ]) {
      const lines = frame(press(at(size), ...keys)).split('\n');
      expect(lines, keys.join(' ')).toHaveLength(rows - 1);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
      expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    }
  }
});

test('a screen reader hears sentences and one row, and the next one on a key', () => {
  expect(spoken(press(at('80x24'), 'down'))).toMatchInlineSnapshot(`
    "shop/web, Drift, selector app=web, http 80->8080, live
    Pods 30 ready, ->, Slices 31 in 3 DRIFT, ->, Endpoints 28 DRIFT, ->, APISIX 28 DRIFT, ->, Runtime 29 in 3 pods DRIFT, ->, Health absent
    MissingFromUpstream: shop_web_80 lacks 2 addresses of ready pods: they get no traffic
    ReplicaSplit: 1 of 3 APISIX pods behind the others: gw/apisix-2 (lacks 8 addresses, has 1 address too many)
    ForeignSliceManager: by-hand, managed by nobody, adds 1 address that no pod of the Service has
    MissingFromEndpoints: 2 addresses should be in Endpoints and cannot be found there as expected
    [addresses 32], findings 4, slices 3, replicas 3, timeline 0, events
    row 2 of 12
    ADDRESS: 10.0.0.22:8080
    POD: web-22
    NODE: node-1
    ZONE: zone-a
    PODS: ready
    SLICES: ready
    ENDPOINTS: ready
    APISIX: present
    RUNTIME: missing
    FIRST LOST: Runtime
    BECAUSE: ReplicaSplit
    12 of 32 shown, drift only, / filter, z drift, tab view, ? keys, q quit"
  `);
  expect(spoken(press(at('80x24'), 'tab', 'enter'))).toContain('findings > ');
});

test('a screen reader is not told the time', () => {
  const state = press(at('80x24'), 'tab', 'tab');
  const later = after(state, { kind: 'tick', now: state.now + 7000 });
  expect(spoken(later)).toBe(spoken(state));
  expect(spoken(after(state, { kind: 'tick', now: state.now + 20_000 }))).toContain(', stale');
});
