import type { Permission } from './facts.ts';

const readers = ['diff', 'list', 'snapshot'];
/** What asks for single objects. */
const byName = ['diff', 'snapshot'];
const core = { group: '', scope: 'Namespace' } as const;
const lists = { verb: 'list', usedBy: readers } as const;

const forwarding = {
  group: '',
  resource: 'pods',
  subresource: 'portforward',
  scope: 'Gateway',
  layer: 'Upstream',
  severity: 'Warning',
  usedBy: [...readers, 'upstream'],
  without: 'APISIX cannot be read through its pod: Upstream is Unread without --apisix-url',
} as const;

const executing = {
  ...forwarding,
  subresource: 'exec',
  severity: 'Info',
  without: '--apisix-via=exec fails',
} as const;

/** What controllers make upstreams of. */
const routes = [
  ['apisix.apache.org', 'apisixroutes'],
  ['networking.k8s.io', 'ingresses'],
  ...['httproutes', 'grpcroutes', 'tcproutes', 'udproutes', 'tlsroutes'].map(
    (resource) => ['gateway.networking.k8s.io', resource] as const,
  ),
] as const;

/** What leads from a class of Ingresses or Gateways to one of several gateways. */
const classes = [
  ['networking.k8s.io', 'ingressclasses', 'Cluster'],
  ['gateway.networking.k8s.io', 'gateways', 'Cluster'],
  ['apisix.apache.org', 'gatewayproxies', 'Cluster'],
  ['', 'services', 'Gateway'],
] as const;

/** What is followed, and the layer that it is followed for. */
const followed = [
  ['', 'services', 'Service', 'Namespace'],
  ['', 'pods', 'Pods', 'Namespace'],
  ['discovery.k8s.io', 'endpointslices', 'EndpointSlices', 'Namespace'],
  ['', 'endpoints', 'Endpoints', 'Namespace'],
  ['', 'nodes', 'Pods', 'Cluster'],
] as const;

/** What the commands need of the API server: the rules of the README's Role, and what each is for. */
export const permissions: readonly Permission[] = [
  {
    ...core,
    verb: 'get',
    resource: 'services',
    layer: 'Service',
    severity: 'Error',
    usedBy: [...byName, 'upstream'],
    without: 'a Service cannot be named: diff SERVICE, snapshot SERVICE and upstream SERVICE fail',
  },
  {
    ...core,
    ...lists,
    resource: 'services',
    layer: 'Service',
    severity: 'Error',
    usedBy: [...readers, 'upstream', 'doctor'],
    without:
      'Services cannot be selected nor followed: list, diff -l and snapshot -l fail, doctor sees no open admin port',
  },
  {
    ...core,
    ...lists,
    resource: 'pods',
    layer: 'Pods',
    severity: 'Warning',
    without: 'Pods is Unread: diff can only say Unknown',
  },
  {
    verb: 'list',
    group: 'discovery.k8s.io',
    resource: 'endpointslices',
    scope: 'Namespace',
    layer: 'EndpointSlices',
    severity: 'Warning',
    usedBy: readers,
    without: 'EndpointSlices is Unread: diff can only say Unknown',
  },
  {
    ...core,
    verb: 'get',
    resource: 'endpoints',
    layer: 'Endpoints',
    severity: 'Warning',
    usedBy: byName,
    without: 'Endpoints is Unread: diff SERVICE can only say Unknown',
  },
  {
    ...core,
    ...lists,
    resource: 'endpoints',
    layer: 'Endpoints',
    severity: 'Warning',
    without: 'Endpoints is Unread: list, diff -l and diff -w can only say Unknown',
  },
  {
    verb: 'list',
    group: '',
    resource: 'nodes',
    scope: 'Cluster',
    layer: 'Pods',
    severity: 'Info',
    usedBy: readers,
    without: 'diff cannot find NodeMissing and NodeNotReady, and prints no zones',
  },
  ...followed.map(([group, resource, layer, scope]): Permission => ({
    verb: 'watch',
    group,
    resource,
    scope,
    layer,
    severity: 'Info',
    usedBy: ['diff', 'list'],
    without: `the screen and diff -w list ${resource} every 10 s instead of hearing of each change`,
  })),
  {
    ...core,
    verb: 'list',
    resource: 'events',
    layer: 'Service',
    severity: 'Info',
    usedBy: ['diff', 'list'],
    without: 'the events tab of the screen is empty',
  },
  ...routes.map(([group, resource]): Permission => ({
    verb: 'list',
    group,
    resource,
    scope: 'Namespace',
    layer: 'Upstream',
    severity: 'Info',
    usedBy: [...readers, 'upstream'],
    without: 'upstreams that a controller 2.x makes of them cannot be told apart',
  })),
  {
    verb: 'list',
    group: '',
    resource: 'pods',
    scope: 'Cluster',
    layer: 'Upstream',
    severity: 'Info',
    usedBy: [...readers, 'upstream', 'doctor'],
    without: 'APISIX and its controller are looked for in this and the usual namespaces only',
  },
  {
    verb: 'list',
    group: '',
    resource: 'pods',
    scope: 'Gateway',
    layer: 'Upstream',
    severity: 'Info',
    usedBy: [...readers, 'upstream', 'doctor'],
    without: 'APISIX cannot be looked for there, and must be named: --apisix-pod=NAMESPACE/POD',
  },
  {
    verb: 'list',
    group: '',
    resource: 'configmaps',
    scope: 'Gateway',
    layer: 'Upstream',
    severity: 'Info',
    usedBy: [...readers, 'upstream'],
    without: "the key of APISIX's admin API must be given: --apisix-key-file",
  },
  {
    verb: 'get',
    group: '',
    resource: 'configmaps',
    scope: 'Gateway',
    layer: 'Upstream',
    severity: 'Info',
    usedBy: ['doctor'],
    without: 'doctor cannot tell what the controller reads, nor judge keys and allow_admin',
  },
  {
    verb: 'get',
    group: '',
    resource: 'pods',
    subresource: 'log',
    scope: 'Gateway',
    layer: 'Upstream',
    severity: 'Info',
    usedBy: ['doctor'],
    without: 'doctor trusts the ConfigMap for what the controller reads',
  },
  ...classes.map(([group, resource, scope]): Permission => ({
    verb: 'list',
    group,
    resource,
    scope,
    layer: 'Upstream',
    severity: 'Info',
    usedBy: [...readers, 'upstream'],
    without: 'several gateways are named by their namespaces, not by their classes',
  })),
  { ...forwarding, verb: 'get' },
  { ...forwarding, verb: 'create', since: '1.35.0' },
  { ...executing, verb: 'get' },
  { ...executing, verb: 'create', since: '1.35.0' },
];
