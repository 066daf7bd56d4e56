import { describe, expect, test } from 'vitest';
import { listedFindings } from '../../source/core/listed-findings.ts';
import { knownBugs } from '../../source/core/known-bugs/index.ts';
import { fixedRelease, judgeBug } from '../../source/core/known-bugs/known-bug.ts';
import type { UpstreamSource } from '../../source/core/snapshot.ts';
import { isWithin, type Component, type Versions } from '../../source/core/versions.ts';
import { agreed, reportOf } from '../helpers/judging.ts';
import { nodes } from '../helpers/objects.ts';
import { endpoints, ips, pod, pods, read, upstream } from '../helpers/snapshot.ts';

function bug(id: string) {
  const found = knownBugs.find((known) => known.id === id);
  if (!found) throw new Error(`no bug ${id}`);
  return found;
}

describe('the table of known bugs', () => {
  test('gives every bug an id of its own', () => {
    expect(new Set(knownBugs.map(({ id }) => id)).size).toBe(knownBugs.length);
  });

  test.each(knownBugs.map((known) => [known.id, known] as const))('%s can be read', (_, known) => {
    const codes = listedFindings.map(({ code }) => code);
    expect(known.findings.filter((code) => !codes.includes(code))).toEqual([]);
    for (const thread of known.threads) expect(thread).toMatch(/^[\w.-]+\/[\w.-]+#\d+$/);
    // Where users met it there is a thread.
    expect(known.evidence !== 'Reported' || known.threads.length > 0).toBe(true);
    expect(known.summary).not.toMatch(/\.$/);
    expect(known.isByDesign ?? false).toBe(known.summary.includes('by design'));
    for (const { from = '0.0.0', fixedIn } of known.ranges) {
      expect(isWithin(from, known.ranges)).toBe(true);
      if (fixedIn !== undefined) expect(isWithin(fixedIn, [{ from, fixedIn }])).toBe(false);
    }
  });
});

describe('judgeBug', () => {
  const of = (id: string, versions: Versions) => judgeBug(bug(id), versions);

  test.each<[string, Component, string, string]>([
    ['endpoints-never-written-again', 'kubernetes', 'v1.29.9', 'Affected'],
    ['endpoints-never-written-again', 'kubernetes', 'v1.29.10', 'NotAffected'],
    ['endpoints-never-written-again', 'kubernetes', '', 'CannotTell'],
    ['endpoints-cut-at-1000', 'kubernetes', 'v1.21.14', 'NotAffected'],
    ['endpoints-cut-at-1000', 'kubernetes', 'v1.37.2', 'Affected'],
    ['kube-proxy-drops-reused-ip', 'kubernetes', 'v1.35.4', 'Affected'],
    ['slices-from-stale-cache', 'kubernetes', 'v1.20.4', 'Affected'],
    ['slices-from-stale-cache', 'kubernetes', 'v1.21.0', 'NotAffected'],
    ['missing-node-stops-slices', 'kubernetes', 'v1.24.17', 'Affected'],
    ['adc-leaves-inline-upstream', 'adc', '0.21.2', 'NotAffected'],
    ['adc-leaves-inline-upstream', 'adc', '0.27.1', 'Affected'],
    ['conf-version-rejected', 'apisix-ingress-controller', '2.1.0', 'Affected'],
    ['conf-version-rejected', 'apisix-ingress-controller', '2.2.0', 'NotAffected'],
    ['misses-endpoint-changes', 'apisix-ingress-controller', '2.0.0-rc4', 'Affected'],
    ['discovery-ignores-slices', 'apisix', '3.13.0', 'Affected'],
    ['discovery-keyed-by-slice', 'apisix', '3.14.1', 'Affected'],
    ['discovery-double-weight', 'apisix', '3.18.0', 'Affected'],
    ['discovery-dead-key', 'apisix', '3.15.0', 'NotAffected'],
    ['discovery-dict-full', 'apisix', '3.18.0', 'NotAffected'],
  ])('%s with %s %s: %s', (id, component, version, verdict) => {
    expect(of(id, { [component]: version })).toBe(verdict);
  });

  test('cannot tell of a program whose version is not there', () => {
    expect(of('discovery-dead-key', { kubernetes: 'v1.37.2' })).toBe('CannotTell');
  });

  test('names the fixed release of the line that runs, and else the newest', () => {
    expect(fixedRelease(bug('endpoints-never-written-again'), { kubernetes: 'v1.28.13' })).toBe('1.28.15');
    expect(fixedRelease(bug('endpoints-never-written-again'))).toBe('1.31.2');
    expect(fixedRelease(bug('adc-leaves-inline-upstream'))).toBeUndefined();
  });
});

describe('a finding whose cause may be a bug of certain versions', () => {
  const frozen = {
    ...agreed,
    endpoints: read([endpoints(ips(1, 2, 3, 9), { overCapacity: 'truncated' })]),
  };
  const told = (kubernetes: string) =>
    reportOf({ ...frozen, versions: kubernetes === '' ? {} : { kubernetes } }).findings;

  test('says so when the version has the bug', () => {
    expect(told('v1.31.1')).toMatchObject([
      {
        code: 'EndpointsFrozen',
        message:
          'the cut Endpoints still holds 1 address that no ready pod has: it is no longer written; ' +
          'a bug of kubernetes v1.31.1, fixed in 1.31.2, may be behind it: ' +
          'after a cut that changes nothing, the endpoints controller never writes the object again',
      },
    ]);
  });

  test('says that it cannot tell when the version is not known', () => {
    const [finding] = told('');
    expect(finding?.code).toBe('EndpointsFrozen');
    expect(finding?.message).toContain('cannot be told, for the version of the server is not known');
  });

  test('is silent when the version is free of it', () => {
    expect(told('v1.31.2')).toMatchObject([
      { code: 'StaleInEndpoints', message: 'Endpoints publishes 1 address that no ready pod has' },
    ]);
  });

  test('says so where the bug was only read in its source', () => {
    const [empty] = reportOf({
      ...agreed,
      upstreams: read([upstream([], { source: 'Discovery' })]),
      versions: { apisix: '3.14.1' },
    }).findings;
    expect(empty?.message).toMatch(
      /; a bug of apisix 3\.14\.1, fixed in 3\.15\.0, .* \(as read in its source, not seen\)$/,
    );
  });

  test('is silent of it where what differs is legal', () => {
    const onMissingNode = (ready: boolean) =>
      reportOf({
        ...agreed,
        pods: read([...pods(3), pod(4, { nodeName: 'node-2', ready })]),
        nodes: nodes('node-1'),
        versions: { kubernetes: 'v1.24.17' },
      }).findings.map(({ code, severity, message }) => [code, severity, message.includes('a bug of')]);
    expect(onMissingNode(true)).toContainEqual(['NodeMissing', 'Error', true]);
    expect(onMissingNode(false)).toContainEqual(['NodeMissing', 'Info', false]);
  });

  test('speaks of no bug of the controller where a person wrote the upstream', () => {
    const lacking = (source: UpstreamSource) =>
      reportOf({ ...agreed, upstreams: read([upstream(ips(1, 2), { source })]) }).findings;
    const command = 'kubectl describe apisixroutes -n shop';
    const remark =
      '  # cannot tell whether a bug of apisix-ingress-controller or adc is behind it: kubectl eps explain MissingFromUpstream';
    expect(lacking('Controller')).toMatchObject([{ code: 'MissingFromUpstream', hint: command + remark }]);
    expect(lacking('Manual')).toMatchObject([{ code: 'MissingFromUpstream', hint: command }]);
  });
});
