import { describe, expect, test } from 'vitest';
import { cutAtReplicas } from '../../../source/core/cut/at-replicas.ts';
import { predictCut, shareOut } from '../../../source/core/cut/predict.ts';
import { join } from '../../../source/core/join.ts';
import type { Pod } from '../../../source/core/kubernetes.ts';
import { indexScopes, type Scope } from '../../../source/core/scope.ts';
import { itemsOf, type Snapshot } from '../../../source/core/snapshot.ts';
import { reportOf } from '../../helpers/judging.ts';
import { endpoints, pod, read, service, snapshot, unread } from '../../helpers/snapshot.ts';
import { expectedOf, snapshotOf } from '../../helpers/cases.ts';

/** The n-th pod, in a network that has room for more than 256. */
const podAt = (index: number, changes: Partial<Pod> = {}) =>
  pod(index, { podIPs: [`10.0.${index >> 8}.${index & 255}`], ...changes });

const podsTo = (count: number, changes: Partial<Pod> = {}) =>
  Array.from({ length: count }, (_, index) => podAt(index, changes));

function scopeOf(layers: Partial<Snapshot>): Scope {
  const whole = snapshot(layers);
  const [first] = itemsOf(whole.services);
  if (!first) throw new Error('no Service');
  return indexScopes(whole)(first);
}

function cutOf(layers: Partial<Snapshot>): readonly string[] {
  const scope = scopeOf(layers);
  const written = itemsOf(scope.endpoints).flatMap(({ subsets }) => subsets);
  return [...predictCut(join(scope).rows, written)].map(({ text }) => text);
}

describe('the cut that the endpoints controller makes', () => {
  test('of 1000 addresses takes none', () => {
    expect(cutOf({ pods: read(podsTo(1000)) })).toEqual([]);
  });

  test('of 1001 takes the one whose IP comes last as text, which is not the highest', () => {
    expect(cutOf({ pods: read(podsTo(1001)) })).toEqual(['10.0.3.99:8080']);
  });

  test('keeps ready addresses before those that are not', () => {
    const all = [
      ...Array.from({ length: 250 }, (_, index) => podAt(index, { ready: false })),
      ...Array.from({ length: 950 }, (_, index) => podAt(index + 250)),
    ];
    const cut = cutOf({ pods: read(all) });
    const unready = new Set(all.slice(0, 250).map(({ podIPs }) => `${podIPs.join()}:8080`));
    expect(cut).toHaveLength(200);
    expect(cut.filter((address) => !unready.has(address))).toEqual([]);
  });

  test('is shared out over the subsets of a named port, two thirds to one', () => {
    const web = (containerPort: number) => ({
      namedPorts: [{ name: 'web', containerPort, protocol: 'TCP' }],
    });
    const all = Array.from({ length: 1200 }, (_, index) => podAt(index, web(index < 800 ? 8080 : 9090)));
    const ports = [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }];
    const cut = cutOf({ services: read([service({ ports })]), pods: read(all) });
    expect(cut.filter((address) => address.endsWith(':8080'))).toHaveLength(800 - 667);
    expect(cut.filter((address) => address.endsWith(':9090'))).toHaveLength(400 - 333);
  });

  /** 502 pods that offer their named ports at 9090 and 9091, and after them 501 at 8080 and 8081. */
  const ofTwoVersions = Array.from({ length: 1003 }, (_, index) => {
    const first = index < 502 ? 9090 : 8080;
    return podAt(index, {
      namedPorts: ['web', 'admin'].map((name, place) => ({
        name,
        containerPort: first + place,
        protocol: 'TCP',
      })),
    });
  });
  const twoNamed = service({
    ports: ['web', 'admin'].map((name, place) => ({
      name,
      port: 80 + place,
      protocol: 'TCP',
      targetPort: name,
    })),
  });
  const subsetAt = (port: number) => ({
    addresses: [],
    notReadyAddresses: [],
    ports: [
      { name: 'web', port, protocol: 'TCP' },
      { name: 'admin', port: port + 1, protocol: 'TCP' },
    ],
  });

  test.each([
    { order: 'as text, where nothing is written', written: [], cutAt: { 8080: 1, 9090: 2 } },
    { order: 'as written', written: [9090, 8080], cutAt: { 8080: 2, 9090: 1 } },
    { order: 'as far as it is written', written: [9090], cutAt: { 8080: 2, 9090: 1 } },
  ])('rounds in favour of the first subset: $order', ({ written, cutAt }) => {
    const cut = cutOf({
      services: read([twoNamed]),
      pods: read(ofTwoVersions),
      endpoints: read([endpoints([], { subsets: written.map(subsetAt) })]),
    });
    for (const [port, count] of Object.entries(cutAt))
      expect(cut.filter((address) => address.endsWith(`:${port}`))).toHaveLength(count);
  });

  test('of addresses that are not ready keeps those that come first as text', () => {
    const all = podsTo(1001).map((one, index) =>
      index >= 2 && index <= 12 ? { ...one, ready: false } : one,
    );
    const cut = cutOf({ pods: read(all) });
    expect(cut).toEqual(['10.0.0.9:8080']);
  });

  test('leaves no room to what Endpoints does not hold, and does not count it as cut', () => {
    const all = podsTo(1001).map((one, index) => {
      if (index === 0) return { ...one, terminating: true };
      return index === 1 ? { ...one, ready: false } : one;
    });
    expect(cutOf({ pods: read(all) })).toEqual([]);
  });

  test('counts a pod once under ports that all pods offer, and cuts it from both', () => {
    const ports = [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
      { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 9100 },
    ];
    const cut = cutOf({ services: read([service({ ports })]), pods: read(podsTo(1001)) });
    expect(cut).toEqual(['10.0.3.99:8080', '10.0.3.99:9100']);
  });

  test('was the one that a real controller made of 1200 pods', async () => {
    const { services, ...layers } = await snapshotOf('truncated-1200');
    const [finding] = expectedOf('truncated-1200').findings.filter(
      ({ code }) => code === 'EndpointsTruncated',
    );
    expect([...cutOf({ services, ...layers })].sort()).toEqual([...(finding?.addresses ?? [])].sort());
  });

  test('gives rounding to the first subsets, and to the last what is left', () => {
    expect(shareOut([1, 1, 1], 1000)).toEqual([334, 334, 332]);
    expect(shareOut([0, 0], 0)).toEqual([0, 0]);
  });
});

describe('EndpointsTruncated', () => {
  const all = podsTo(1001);
  const without = (index: number) =>
    endpoints(
      all.flatMap(({ podIPs }, own) => (own === index ? [] : podIPs)),
      { overCapacity: 'truncated' },
    );
  const messageOf = (index: number) =>
    reportOf({ pods: read(all), endpoints: read([without(index)]) }).findings.find(
      ({ code }) => code === 'EndpointsTruncated',
    )?.message;

  test('has nothing to add to a cut that follows the rule', () => {
    const last = all.findIndex(({ podIPs }) => podIPs.includes('10.0.3.99'));
    expect(messageOf(last)).toBe('1 of 1001 addresses is not in Endpoints (limit 1000), 1 of them ready');
  });

  test('is not there without Endpoints', () => {
    const { findings } = reportOf({ pods: read(all), endpoints: read([]) });
    expect(findings.map(({ code }) => code)).not.toContain('EndpointsTruncated');
  });

  test('tells of a cut that does not', () => {
    expect(messageOf(0)).toContain("; the controller's rule would keep 1 of these: it has not caught up");
  });
});

describe('at another number of replicas', () => {
  const at = (replicas: number, count: number) => {
    const ahead = cutAtReplicas(scopeOf({ pods: read(podsTo(count)) }), replicas);
    const of = (cut: string) => ahead?.addresses.filter((one) => one.cut === cut).length;
    return { count: ahead?.count, certain: of('Certain'), possible: of('Possible') };
  };

  test('up to 1000 nobody is cut', () => {
    expect(at(1000, 500)).toEqual({ count: 0, certain: 0, possible: 0 });
    expect(at(900, 1500)).toEqual({ count: 0, certain: 0, possible: 0 });
    expect(cutAtReplicas(scopeOf({ pods: read(podsTo(1)) }), 900)?.addresses).toEqual([]);
  });

  test("at today's number the cut is certain", () => {
    expect(at(1200, 1200)).toEqual({ count: 200, certain: 200, possible: 0 });
  });

  test('the IPs of new pods are not known: they may push out as many more', () => {
    expect(at(1200, 1100)).toEqual({ count: 200, certain: 100, possible: 100 });
    expect(at(1400, 500)).toEqual({ count: 400, certain: 0, possible: 400 });
  });

  test('of pods that go, all may have come before', () => {
    expect(at(1100, 1200)).toEqual({ count: 100, certain: 100, possible: 100 });
  });

  test('without any pods yet the number alone is known', () => {
    expect(at(1400, 0)).toEqual({ count: 400, certain: 0, possible: 0 });
  });

  test('addresses come with their pods, in the order of the cut', () => {
    const ahead = cutAtReplicas(scopeOf({ pods: read(podsTo(1002)) }), 1002);
    expect(ahead?.addresses).toEqual([
      { address: '10.0.3.98:8080', pod: 'web-866', cut: 'Certain' },
      { address: '10.0.3.99:8080', pod: 'web-867', cut: 'Certain' },
    ]);
  });

  test('the place of an address is its place among all, ready or not', () => {
    const all = podsTo(1001).map((one, index) => (index === 0 ? { ...one, ready: false } : one));
    const ahead = cutAtReplicas(scopeOf({ pods: read(all) }), 1001);
    expect(ahead?.addresses.map(({ address }) => address)).toEqual(['10.0.3.99:8080']);
  });

  test('of a pod with several ports the first is named', () => {
    const ports = [
      { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 9100 },
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
    ];
    const ahead = cutAtReplicas(
      scopeOf({ services: read([service({ ports })]), pods: read(podsTo(1001)) }),
      1001,
    );
    expect(ahead?.addresses.map(({ address }) => address)).toEqual(['10.0.3.99:8080']);
  });

  test('each subset grows in proportion and has its own room', () => {
    const all = Array.from({ length: 300 }, (_, index) =>
      podAt(index, {
        namedPorts: [{ name: 'web', containerPort: index < 200 ? 8080 : 9090, protocol: 'TCP' }],
      }),
    );
    const ports = [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'web' }];
    const ahead = cutAtReplicas(scopeOf({ services: read([service({ ports })]), pods: read(all) }), 1200);
    expect(ahead).toMatchObject({ replicas: 1200, count: 200 });
    // 600 more may sort before each of the 200, for which there are 667 places; 300 more before each of the 100.
    const at = (port: number) => ahead?.addresses.filter(({ address }) => address.endsWith(`:${port}`));
    expect([at(8080)?.length, at(9090)?.length]).toEqual([200 - 67, 100 - 33]);
  });

  test('a Service whose Pods were not read has an unknown future', () => {
    expect(cutAtReplicas(scopeOf({ pods: unread }), 1400)).toBeUndefined();
  });

  test('a Service without a selector has no replicas', () => {
    expect(cutAtReplicas(scopeOf({ services: read([service({ selector: {} })]) }), 1400)).toBeUndefined();
  });
});
