import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/core/doctor/diagnose.ts';
import type {
  DoctorFacts,
  ExposureFact,
  GatewayFact,
  Permission,
} from '../../../source/core/doctor/facts.ts';
import { doctorFindings } from '../../../source/core/doctor/index.ts';
import { permissions } from '../../../source/core/doctor/permissions.ts';
import { controller, facts } from '../../helpers/doctor-facts.ts';

const gateway: GatewayFact = {
  namespace: 'ingress-apisix',
  name: 'apisix',
  discovery: { state: 'Read', value: undefined, from: 'ConfigMap ingress-apisix/apisix' },
  exposures: [],
};

const server = (version: string) => [{ component: 'kubernetes' as const, version, where: 'SERVER' }];
const apisix = { component: 'apisix', version: '3.9.0', where: 'a/b' } as const;
const codesOf = (given: Partial<DoctorFacts>) => diagnose(facts(given)).findings.map(({ code }) => code);

const fromOutside: ExposureFact = {
  kind: 'Service',
  type: 'LoadBalancer',
  namespace: 'ingress-apisix',
  name: 'apisix-admin',
  port: 9180,
};

/** Each finding of the doctor in each of its severities. */
const ill = facts({
  components: [
    ...server('v1.31.1'),
    { component: 'apisix-ingress-controller', version: '2.2.0', where: 'ingress-apisix/controller' },
  ],
  controllers: [
    controller,
    { ...controller, name: 'misspelt', misspeltIn: 'ConfigMap ingress-apisix/misspelt' },
  ],
  gateways: [
    {
      ...gateway,
      exposures: [
        fromOutside,
        { kind: 'AllowAdmin', range: '::/0', from: 'ConfigMap ingress-apisix/apisix' },
      ],
    },
  ],
  defaultKeys: [
    { role: 'admin', from: 'ConfigMap ingress-apisix/apisix' },
    { role: 'viewer', from: 'ConfigMap ingress-apisix/apisix' },
  ],
  permissions: permissions.map((permission) => ({ permission, namespace: 'shop', allowed: 'No' })),
});

describe.each(doctorFindings)('$code', ({ code, severities, page, summary, references, find }) => {
  const given = () => [...find(ill), ...find({ ...ill, components: server('v1.33.0') })];

  test('gives the severities that it declares, the worst first', () => {
    const found = new Set(given().map(({ severity }) => severity));
    expect(severities).toEqual((['Error', 'Warning', 'Info'] as const).filter((each) => found.has(each)));
  });

  test('finds nothing where nothing is wrong, or known', () => {
    expect(find(facts())).toEqual([]);
    const unread = { state: 'Unread', reason: 'forbidden' } as const;
    const dark = facts({
      components: server(''),
      controllers: [{ ...controller, reads: unread, writesTo: 'Unknown', generation: 'Unknown' }],
      gateways: [{ ...gateway, discovery: unread }],
      permissions: permissions.map((permission) => ({ permission, namespace: 'shop', allowed: 'Unknown' })),
    });
    expect(find(dark)).toEqual([]);
  });

  test('says what it found without holes, with a command to type', () => {
    for (const { message, hint } of given()) {
      expect(message).not.toMatch(/undefined|NaN|\bnull\b| {2}|\.$/);
      expect(hint).toMatch(/^kubectl \w+ \S/);
    }
  });

  test('has a summary of one line and a page without holes', () => {
    expect(summary).toMatch(/^\S.*[^.\s]$/);
    for (const text of [page.meaning, page.cause, page.action]) expect(text).toMatch(/^[^\n]+\.\)?$/);
    for (const thread of references) expect(thread).toMatch(/^[\w.-]+\/[\w.-]+#\d+$/);
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
  });
});

describe('a controller that reads Endpoints', () => {
  test('is told once: by the misspelt key where that is the cause', () => {
    const misspelt = { ...controller, misspeltIn: 'ConfigMap ingress-apisix/controller' };
    expect(codesOf({ controllers: [controller] })).toEqual(['ControllerReadsEndpoints']);
    expect(codesOf({ controllers: [misspelt] })).toEqual(['WatchEndpointSlicesMisspelt']);
  });

  test('is no finding of its own when it started with EndpointSlices, whatever is misspelt since', () => {
    const reads = { state: 'Read', value: 'EndpointSlices', from: 'log of pod controller-1' } as const;
    expect(codesOf({ controllers: [{ ...controller, reads, misspeltIn: 'ConfigMap a/b' }] })).toEqual([]);
  });

  test('uses a deprecated API from Kubernetes 1.33 on', () => {
    const on = (version: string) =>
      codesOf({
        components: [apisix, ...server(version)],
        controllers: [controller],
      }).includes('EndpointsDeprecated');
    expect([on('v1.32.9'), on('v1.33.0'), on('v1.37.2+k3s1')]).toEqual([false, true, true]);
  });
});

test('programs that do not read Endpoints, or do not tell, use no deprecated API', () => {
  const unread = { state: 'Unread', reason: 'forbidden' } as const;
  const slices = { state: 'Read', value: 'EndpointSlices', from: 'ConfigMap a/b' } as const;
  const codes = codesOf({
    components: [apisix, ...server('v1.33.0')],
    controllers: [slices, unread].map((reads) => ({ ...controller, reads })),
    gateways: [slices, unread].map((discovery) => ({ ...gateway, discovery })),
  });
  expect(codes).not.toContain('EndpointsDeprecated');
});

test('a controller that reads EndpointSlices, or does not tell, is no finding', () => {
  const told = [
    { state: 'Read', value: 'EndpointSlices', from: 'ConfigMap a/b' },
    { state: 'Unread', reason: 'forbidden' },
  ] as const;
  expect(codesOf({ controllers: told.map((reads) => ({ ...controller, reads })) })).toEqual([]);
});

test('a controller whose ConfigMap says EndpointSlices by now is to be restarted', () => {
  const { findings } = diagnose(
    facts({ controllers: [{ ...controller, configuredSince: 'EndpointSlices' }] }),
  );
  expect(findings[0]?.hint).toMatch(/^kubectl rollout restart deployment\/controller -n ingress-apisix /);
});

test.each<readonly [asked: Partial<Permission>, namespace: string, command: string]>([
  [{ resource: 'pods' }, 'shop', 'list pods -n shop'],
  [{ resource: 'pods', subresource: 'log' }, 'shop', 'list pods --subresource=log -n shop'],
  [{ resource: 'pods', scope: 'Cluster' }, '', 'list pods -A'],
  [{ resource: 'pods', scope: 'Namespace' }, '', 'list pods'],
  [{ resource: 'nodes', scope: 'Cluster' }, '', 'list nodes'],
  [{ resource: 'endpointslices', group: 'discovery.k8s.io' }, '', 'list endpointslices.discovery.k8s.io'],
])('the permission %j in "%s" can be asked for by auth can-i %s', (asked, namespace, command) => {
  const permission: Permission = {
    verb: 'list',
    group: '',
    resource: '',
    scope: 'Namespace',
    layer: 'Pods',
    severity: 'Warning',
    usedBy: [],
    without: '',
    ...asked,
  };
  const { findings } = diagnose(facts({ permissions: [{ permission, namespace, allowed: 'No' }] }));
  expect(findings[0]?.hint).toBe(`kubectl auth can-i ${command}`);
  expect(findings[0]?.message).toMatch(namespace === '' ? /^no permission to \w+ \S+: / : / in shop: /);
});

test("APISIX's own discovery of Endpoints uses the deprecated API too", () => {
  const discovery = { state: 'Read', value: 'Endpoints', from: 'ConfigMap ingress-apisix/apisix' } as const;
  const { findings } = diagnose(
    facts({ components: server('v1.33.0'), gateways: [{ ...gateway, discovery }] }),
  );
  expect(findings.find(({ code }) => code === 'EndpointsDeprecated')?.message).toMatch(
    /^the discovery of ingress-apisix\/apisix reads/,
  );
});

test('each finding says what is wrong, with a command to type', () => {
  const { findings } = diagnose(ill);
  expect(findings.map(({ message, hint }) => `${message}\n${hint}`).join('\n\n')).toMatchSnapshot();
});

test('the same facts give the same report in whatever order they were read', () => {
  const turned = facts({
    ...ill,
    controllers: ill.controllers.toReversed(),
    defaultKeys: ill.defaultKeys.toReversed(),
    permissions: ill.permissions.toReversed(),
  });
  expect(diagnose(turned).findings).toEqual(diagnose(ill).findings);
});
