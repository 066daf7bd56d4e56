import { expect, test } from 'vitest';
import type { ReportFinding, ServiceReport } from '../../../source/core/report.ts';
import type { Mention, Resource } from './facts.ts';
import { cutAt, unproved } from './proof.ts';
import type { LogEvent } from './watch-log.ts';

/** What the log heard at `second`, which is also its revision. */
function heard(second: number, resource: Resource, name: string, ...mentions: readonly Mention[]): LogEvent {
  return { resource, name, revision: second, time: second * 1000, mentions };
}

const ready = (ip: string): Mention => ({ ip, state: 'Ready', pod: `uid-${ip}` });

/** A report of the revision that `second` is. */
function reportAt(second: number): ServiceReport {
  const layers = (['Pods', 'EndpointSlices', 'Endpoints'] as const).map(
    (name) => ({ name, state: 'Read', resourceVersion: String(second) }) as const,
  );
  return {
    apiVersion: 'eps/v1',
    kind: 'ServiceReport',
    metadata: { namespace: 'shop', name: 'web' },
    status: 'Drift',
    observedAt: new Date(second * 1000).toISOString(),
    layers,
    findings: [],
    addresses: [],
  };
}

type Claim = Pick<ReportFinding, 'code' | 'layer' | 'addresses'>;

/** Confirmed from `second` on. */
function finding(claim: Claim, second: number): ReportFinding {
  const confirmation = { state: 'Confirmed', since: new Date(second * 1000).toISOString() } as const;
  const words = { message: '', hint: '', references: [] };
  return { severity: 'Error', count: claim.addresses.length, ...claim, ...words, confirmation };
}

const missing = { code: 'MissingFromSlices', layer: 'EndpointSlices', addresses: ['10.0.0.2:80'] } as const;
const lacking = { code: 'MissingFromUpstream', layer: 'Upstream', addresses: ['10.0.0.2:80'] } as const;

/** Pod b is missing from the slice from 3 to 6, and from the gateway from 3 to 8. */
const events = [
  heard(1, 'pods', 'a', ready('10.0.0.1')),
  heard(2, 'endpointslices', 'web-1', ready('10.0.0.1')),
  heard(3, 'pods', 'b', ready('10.0.0.2')),
  heard(6, 'endpointslices', 'web-1', ready('10.0.0.1'), ready('10.0.0.2')),
  heard(9, 'pods', 'a'),
];
const writes = [
  { time: 2000, ips: ['10.0.0.1'] },
  { time: 8000, ips: ['10.0.0.1', '10.0.0.2'] },
];
const evidence = { events, writes, reads: [7000, 9000] };

test('the log proves what differed all the time that a finding is about', () => {
  expect(unproved(evidence, reportAt(5), finding(missing, 4))).toEqual([]);
  expect(unproved(evidence, reportAt(8), finding(lacking, 4))).toEqual([]);
  const stale = { code: 'StaleInSlices', layer: 'EndpointSlices', addresses: ['10.0.0.1:80'] } as const;
  expect(unproved(evidence, reportAt(10), finding(stale, 9))).toEqual([]);
});

test('it does not prove what was mended in between, began later, or never was', () => {
  expect(unproved(evidence, reportAt(6), finding(missing, 4))).toEqual(['10.0.0.2:80']);
  expect(unproved(evidence, reportAt(5), finding(missing, 2))).toEqual(['10.0.0.2:80']);
  const both = { ...missing, addresses: ['10.0.0.1:80', '10.0.0.2:80'] };
  expect(unproved(evidence, reportAt(5), finding(both, 4))).toEqual(['10.0.0.1:80']);
  expect(unproved(evidence, reportAt(9), finding(lacking, 7))).toEqual(['10.0.0.2:80']);
});

test('it does not prove a finding that it knows no rule for', () => {
  const unknown = { code: 'NodeMissing', layer: 'Pods', addresses: ['10.0.0.2:80'] } as const;
  expect(unproved(evidence, reportAt(5), finding(unknown, 4))).toEqual(['10.0.0.2:80']);
});

test('an IP is used twice while two pods have it', () => {
  const reused = { code: 'AddressReused', layer: 'EndpointSlices', addresses: ['10.0.0.2:80'] } as const;
  const again = { ...evidence, events: [...events, heard(10, 'pods', 'c', ready('10.0.0.2'))] };
  expect(unproved(again, reportAt(11), finding(reused, 10))).toEqual([]);
  expect(unproved(again, reportAt(9), finding(reused, 9))).toEqual(['10.0.0.2:80']);
});

test('the cut is what is due in Endpoints and not there, each at the revision that was read', () => {
  const cut = [...events, heard(4, 'endpoints', 'web', ready('10.0.0.2'))];
  const inOrder = cut.toSorted((a, b) => a.revision - b.revision);
  expect(cutAt(inOrder, reportAt(5))).toEqual(['10.0.0.1']);
  expect(cutAt(inOrder, reportAt(9))).toEqual([]);
});
