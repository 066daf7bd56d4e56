import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/core/doctor/diagnose.ts';
import type { ComponentFact, GatewayFact } from '../../../source/core/doctor/facts.ts';
import { facts } from '../../helpers/doctor-facts.ts';

const read = (value: 'Endpoints' | undefined) => ({ state: 'Read', value, from: 'ConfigMap a/b' }) as const;
const unread = { state: 'Unread', reason: 'forbidden' } as const;
const uses = read('Endpoints');

const program = (component: ComponentFact['component'], version: string, where = 'a/b'): ComponentFact => ({
  component,
  version,
  where,
});

/** The bugs that are told of programs, beside gateways that look up nodes in such a way themselves. */
function bugsOf(components: readonly ComponentFact[], ...discoveries: readonly GatewayFact['discovery'][]) {
  const gateways = discoveries.map((discovery) => ({ namespace: 'a', name: 'b', discovery, exposures: [] }));
  return diagnose(facts({ components, gateways })).findings.filter(({ code }) => code === 'KnownBug');
}

describe("a bug of APISIX's own discovery", () => {
  const told = (...discoveries: readonly GatewayFact['discovery'][]) =>
    bugsOf([program('apisix', '3.2.0')], ...discoveries).length;

  test('is told where some gateway uses it, or none can be asked', () => {
    expect(told(uses)).toBeGreaterThan(told(read(undefined)));
    expect(told(read(undefined), uses)).toBe(told(uses));
    expect(told(unread)).toBe(told(uses));
  });

  test('that was only read in its source is for information, and says so', () => {
    const bugs = bugsOf([program('apisix', '3.14.1')], uses);
    expect(bugs.map(({ severity }) => severity)).toContain('Info');
    for (const { severity, message, hint } of bugs) {
      const isRead = message.endsWith(' (as read in its source, not seen)');
      expect(isRead).toBe(severity === 'Info' && hint.includes('fixed in'));
    }
  });
});

test('a bug of another program is told without any gateway, with the release of its own line', () => {
  expect(bugsOf([program('kubernetes', 'v1.30.4', 'SERVER')]).at(-1)).toMatchObject({
    severity: 'Warning',
    layer: 'Endpoints',
    message:
      'kubernetes v1.30.4 (SERVER): after a cut that changes nothing, the endpoints controller never writes the object again',
    hint: 'kubectl eps explain EndpointsFrozen  # fixed in 1.30.6',
  });
});

test('a bug that is behind no finding is one of the layer that it hides', () => {
  const [hidden] = bugsOf([program('apisix', '3.17.0')]);
  expect(hidden).toMatchObject({
    layer: 'Upstream',
    hint: 'kubectl eps explain KnownBug  # fixed in 3.18.0',
  });
});

test('that a controller reads Endpoints by default is told by a finding of its own, and by no bug', () => {
  const bugs = bugsOf([program('apisix-ingress-controller', '1.8.4')]);
  expect(bugs).not.toEqual([]);
  expect(bugs.filter(({ message }) => message.includes('watch_endpoint_slices'))).toEqual([]);
});

test('a version that two places run has each of its bugs once', () => {
  const two = ['a/b', 'c/d'].map((where) => program('apisix', '3.2.0', where));
  expect(bugsOf(two)).toHaveLength(bugsOf(two.slice(1)).length);
});

test('two versions of one program have each its own bugs', () => {
  const [old, recent] = [program('apisix', '3.2.0'), program('apisix', '3.14.1')];
  expect(bugsOf([old, recent], uses)).toHaveLength(
    bugsOf([old], uses).length + bugsOf([recent], uses).length,
  );
});
