import { expect, test } from 'vitest';
import { parsers } from '../../../source/sources/kubernetes/objects.ts';
import { pod } from '../../../source/sources/kubernetes/protobuf/core.ts';
import { readMessage } from '../../../source/sources/kubernetes/protobuf/read-message.ts';
import { recordedObject } from '../../helpers/recorded.ts';

test('a recorded Service keeps its ports, selector and families', () => {
  expect(parsers.services(recordedObject('insync-20', 'Service'))).toEqual({
    namespace: 'case-insync-20',
    name: 'web',
    uid: '1f416854-e13a-4672-ba59-a86b25a7b98a',
    resourceVersion: '37560',
    labels: {},
    type: 'ClusterIP',
    selector: { app: 'web' },
    clusterIP: '10.96.14.145',
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
    publishNotReadyAddresses: false,
    ipFamilies: ['IPv4'],
  });
});

const written = (...times: readonly string[]) => ({
  managedFields: times.map((time) => ({ manager: 'kubelet', operation: 'Update', time, fieldsV1: {} })),
});

test('an object changed last when the newest of its fields was written', () => {
  const metadata = written('2026-01-01T00:00:01Z', '2026-01-01T00:01:00Z', '2026-01-01T00:00:59Z');
  for (const parse of [parsers.pods, parsers.services, parsers.endpoints, parsers.endpointSlices]) {
    expect(parse({ metadata })).toMatchObject({ changedAt: '2026-01-01T00:01:00Z' });
  }
});

test.each([
  ['at once', 0, '2026-01-01T00:01:00Z'],
  ['in half a minute', 30, '2026-01-01T00:00:30Z'],
  ['after hours, asked before its status was written', 7200, '2026-01-01T00:00:01Z'],
  ['in a time that is none', 1e300, '2026-01-01T00:00:01Z'],
])('a pod that is to be gone %s changed when that was asked', (_, deletionGracePeriodSeconds, changedAt) => {
  const deletionTimestamp = '2026-01-01T00:01:00Z';
  const metadata = { ...written('2026-01-01T00:00:01Z'), deletionTimestamp, deletionGracePeriodSeconds };
  expect(parsers.pods({ metadata })).toMatchObject({ changedAt });
});

test('without managedFields nobody knows when an object changed, whenever it was made', () => {
  const creationTimestamp = '2026-01-01T00:00:01Z';
  for (const metadata of [{ creationTimestamp }, { creationTimestamp, managedFields: [] }]) {
    expect(parsers.pods({ metadata })).not.toHaveProperty('changedAt');
  }
});

test('a recorded dual-stack Pod has its addresses in canonical form', () => {
  const pod = parsers.pods(recordedObject('dual-stack', 'Pod'));
  expect(pod).toMatchObject({ phase: 'Running', ready: true, terminating: false });
  expect(pod.podIPs).toHaveLength(2);
  expect(pod.podIPs[1]).toMatch(/^[0-9a-f:]+$/);
});

test('a recorded EndpointSlice names its Service, its manager and a pod behind each endpoint', () => {
  const slice = parsers.endpointSlices(recordedObject('insync-20', 'EndpointSlice'));
  expect(slice).toMatchObject({
    serviceName: 'web',
    managedBy: 'endpointslice-controller.k8s.io',
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
  });
  expect(slice.ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }]);
  expect(slice.endpoints).toHaveLength(20);
  expect(slice.endpoints.map(({ targetRef }) => targetRef?.kind)).toEqual(Array(20).fill('Pod'));
});

test('a recorded truncated Endpoints says so and holds a thousand addresses', () => {
  const endpoints = parsers.endpoints(recordedObject('truncated-1200', 'Endpoints'));
  expect(endpoints.overCapacity).toBe('truncated');
  expect(endpoints.subsets.flatMap(({ addresses }) => addresses)).toHaveLength(1000);
});

test('a recorded Node lies in the zone of its label', () => {
  expect(parsers.nodes(recordedObject('insync-20', 'Node'))).toEqual({
    name: expect.stringMatching(/^node-/) as string,
    ready: true,
    zone: expect.stringMatching(/^zone-/) as string,
  });
});

test('a Service written by hand gets the defaults of the API server', () => {
  const bare = { metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } };
  expect(parsers.services(bare)).toMatchObject({
    namespace: 'default',
    type: 'ClusterIP',
    ports: [{ name: '', port: 80, protocol: 'TCP', targetPort: 80 }],
    ipFamilies: ['IPv4'],
  });
  expect(parsers.services(bare)).not.toHaveProperty('selector');
});

test.each([
  ['fd00:10:96::000a', 'fd00:10:96::a', ['IPv6']],
  ['10.96.0.1', '10.96.0.1', ['IPv4']],
  ['None', 'None', ['IPv4']],
])('without ipFamilies the ClusterIP %s tells the family', (clusterIP, canonical, ipFamilies) => {
  expect(parsers.services({ spec: { clusterIP } })).toMatchObject({ clusterIP: canonical, ipFamilies });
});

test('a named targetPort stays a name, and an unset one is the port', () => {
  const ports = [
    { port: 80, targetPort: 'http' },
    { port: 81, targetPort: 0 },
    { port: 82, targetPort: '' },
  ];
  expect(parsers.services({ spec: { ports } }).ports.map(({ targetPort }) => targetPort)).toEqual([
    'http',
    81,
    82,
  ]);
});

test('ports of restartable init containers come after those of the containers', () => {
  const spec = {
    initContainers: [
      { restartPolicy: 'Always', ports: [{ name: 'http', containerPort: 9000 }] },
      { ports: [{ name: 'setup', containerPort: 1 }] },
    ],
    containers: [
      { ports: [{ name: 'http', containerPort: 8080, protocol: 'UDP' }, { containerPort: 8081 }] },
    ],
  };
  expect(parsers.pods({ spec }).namedPorts).toEqual([
    { name: 'http', containerPort: 8080, protocol: 'UDP' },
    { name: 'http', containerPort: 9000, protocol: 'TCP' },
  ]);
});

test('podIP counts only where there is no list of podIPs', () => {
  const list = { podIPs: [{ ip: '10.0.0.1' }, { ip: 'FD00::0001' }], podIP: '10.0.0.9' };
  expect(parsers.pods({ status: list }).podIPs).toEqual(['10.0.0.1', 'fd00::1']);
  expect(parsers.pods({ status: { podIP: '10.0.0.9' } }).podIPs).toEqual(['10.0.0.9']);
  expect(parsers.pods({ status: {} }).podIPs).toEqual([]);
});

test('unset conditions of an endpoint mean ready and serving', () => {
  const endpoints = [
    { addresses: ['10.0.0.1'] },
    { addresses: ['10.0.0.2'], conditions: { ready: null } },
    { addresses: ['10.0.0.3'], conditions: { ready: false, serving: true, terminating: true } },
  ];
  expect(parsers.endpointSlices({ endpoints }).endpoints).toEqual([
    { addresses: ['10.0.0.1'], ready: true, serving: true, terminating: false },
    { addresses: ['10.0.0.2'], ready: true, serving: true, terminating: false },
    { addresses: ['10.0.0.3'], ready: false, serving: true, terminating: true },
  ]);
});

test.each([{ ports: null, endpoints: null }, { ports: [], endpoints: [] }, {}])(
  'a slice with %j has no ports and no endpoints',
  (value) => {
    expect(parsers.endpointSlices(value)).toMatchObject({ ports: [], endpoints: [] });
  },
);

test('the label skip-mirror is carried over', () => {
  const metadata = { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } };
  expect(parsers.endpoints({ metadata }).skipMirror).toBe(true);
  expect(parsers.endpoints({}).skipMirror).toBe(false);
});

test('an ApisixRoute gives the backends of each rule, of the older single form too', () => {
  const http = [
    { name: 'new', backends: [{ serviceName: 'web', servicePort: 80 }] },
    { name: 'old', backend: { serviceName: 'api', servicePort: 'http' } },
  ];
  expect(parsers.apisixRoutes({ spec: { http } }).rules).toEqual([
    { name: 'new', backends: [{ serviceName: 'web', servicePort: 80 }] },
    { name: 'old', backends: [{ serviceName: 'api', servicePort: 'http' }] },
  ]);
});

test.each([
  parsers.services,
  parsers.pods,
  parsers.endpoints,
  parsers.endpointSlices,
  parsers.nodes,
  parsers.apisixRoutes,
])('%o makes empty values of what is no object at all', (parse) => {
  for (const value of [undefined, null, 7, 'text', []]) expect(parse(value)).toEqual(parse({}));
});

test('a pod on the network of its Node says so, by JSON as by protobuf; others say nothing', () => {
  // Field 2 of a Pod is its spec, field 11 of that hostNetwork.
  const bytes = Buffer.from([0x12, 2, 11 << 3, 1]);
  expect(parsers.pods(readMessage(bytes, pod)).hostNetwork).toBe(true);
  expect(parsers.pods({ spec: { hostNetwork: true } }).hostNetwork).toBe(true);
  expect(parsers.pods({ spec: { hostNetwork: false } })).not.toHaveProperty('hostNetwork');
});
