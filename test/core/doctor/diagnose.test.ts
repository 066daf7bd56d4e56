import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/core/doctor/diagnose.ts';
import type { DoctorFacts, Permission } from '../../../source/core/doctor/facts.ts';
import { controller, facts } from '../../helpers/doctor-facts.ts';

const listPods: Permission = {
  verb: 'list',
  group: '',
  resource: 'pods',
  scope: 'Namespace',
  layer: 'Pods',
  severity: 'Warning',
  usedBy: ['diff'],
  without: 'Pods is Unread',
};

const diagnosed = (given: Partial<DoctorFacts> = {}) => diagnose(facts(given));

describe('a controller in the report', () => {
  const { namespace, name, pods, generation, writesTo } = controller;
  const known = { namespace, name, pods, generation, writesTo };

  test('says what it reads, and whence that is known', () => {
    const { controllers } = diagnosed({ controllers: [{ ...controller, version: '1.8.4' }] });
    expect(controllers).toEqual([
      {
        ...known,
        version: '1.8.4',
        reads: 'Endpoints',
        source: 'ConfigMap ingress-apisix/controller',
      },
    ]);
  });

  test('says why that is not known', () => {
    const reads = { state: 'Unread', reason: 'forbidden' } as const;
    const { controllers } = diagnosed({ controllers: [{ ...controller, reads }] });
    expect(controllers).toEqual([{ ...known, unread: 'forbidden' }]);
    expect(controllers[0]).not.toHaveProperty('version');
  });
});

test('a permission in the report names resource and subresource, and why it is not granted', () => {
  const { permissions } = diagnosed({
    permissions: [
      { permission: { ...listPods, subresource: 'log' }, namespace: 'shop', allowed: 'No', reason: 'RBAC' },
      { permission: listPods, namespace: '', allowed: 'Yes' },
    ],
  });
  const { verb, group, usedBy, without } = listPods;
  const told = { verb, group, usedBy, without };
  expect(permissions).toEqual([
    { ...told, resource: 'pods/log', namespace: 'shop', allowed: 'No', reason: 'RBAC' },
    { ...told, resource: 'pods', namespace: '', allowed: 'Yes' },
  ]);
  expect(permissions[1]).not.toHaveProperty('reason');
});

describe('a finding in the report', () => {
  const told = (given: Partial<DoctorFacts>) => diagnosed(given).findings[0];

  test('counts the pods that it names', () => {
    expect(told({ controllers: [controller] })).toMatchObject({
      code: 'ControllerReadsEndpoints',
      count: 2,
      addresses: [],
      pods: controller.pods,
    });
  });

  test('is one where it names none', () => {
    const finding = told({ defaultKeys: [{ role: 'admin', from: 'ConfigMap a/b' }] });
    expect(finding).toMatchObject({ code: 'DefaultAdminKey', count: 1, addresses: [] });
    expect(finding).not.toHaveProperty('pods');
  });
});

describe('the notes', () => {
  test('are what could not be read, and versions that are not known', () => {
    const components = [
      { component: 'kubernetes', version: 'v1.37.2', where: 'SERVER' },
      { component: 'apisix', where: 'ingress-apisix/apisix' },
    ] as const;
    expect(diagnosed({ unread: ['cannot list pods'], components }).notes).toEqual([
      'cannot list pods',
      'cannot tell which known bugs apisix of ingress-apisix/apisix has: its version is not known',
    ]);
  });

  test.each([
    [undefined, undefined, []],
    [5000, 5, []],
    [-5000, -5, []],
    [
      7400,
      7,
      ["the clock of this machine is 7 s ahead of the API server's: ages and times are off by so much"],
    ],
    [
      -7400,
      -7,
      ["the clock of this machine is 7 s behind the API server's: ages and times are off by so much"],
    ],
  ])('of a clock that is %s ms ahead are to the point', (clockAheadMs, seconds, notes) => {
    const report = diagnosed(clockAheadMs === undefined ? {} : { clockAheadMs });
    expect(report.notes).toEqual(notes);
    expect(report.clockAheadSeconds).toBe(seconds);
    expect('clockAheadSeconds' in report).toBe(seconds !== undefined);
  });
});
