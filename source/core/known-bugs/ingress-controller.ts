import type { KnownBug } from './known-bug.ts';

const controller = { component: 'apisix-ingress-controller', upstreams: 'Controller' } as const;

/** apisix-ingress-controller 1.x, which writes upstreams itself: rewritten as 2.x. */
const first: readonly KnownBug[] = [
  {
    ...controller,
    id: 'reads-endpoints',
    ranges: [{ fixedIn: '2.0.0-rc1' }],
    summary:
      'it reads Endpoints, cut at 1000, unless watch_endpoint_slices is true, a key that its Helm charts misspell',
    evidence: 'Measured',
    findings: ['UpstreamCutByEndpoints', 'ControllerReadsEndpoints', 'WatchEndpointSlicesMisspelt'],
    threads: ['apache/apisix-ingress-controller#2388', 'apache/apisix-helm-chart#818'],
  },
  {
    ...controller,
    id: 'resource-version-compared-as-text',
    ranges: [{ from: '1.0.0', fixedIn: '2.0.0-rc1' }],
    summary:
      'it compares resourceVersions as text, so the first change of a Service after the number gains a digit is lost until the next resync',
    evidence: 'Measured',
    findings: ['StaleInUpstream', 'MissingFromUpstream'],
    threads: ['apache/apisix-ingress-controller#2060'],
  },
  {
    ...controller,
    id: 'nodes-stay-empty',
    ranges: [{ from: '1.8.0', fixedIn: '2.0.0-rc1' }],
    summary:
      'started before the pods, it writes an upstream without nodes and does not fill it when pods come',
    evidence: 'Reported',
    findings: ['UpstreamEmpty'],
    threads: ['apache/apisix-ingress-controller#2252'],
  },
  {
    ...controller,
    id: 'scale-to-zero-not-applied',
    ranges: [{ fixedIn: '1.0.0' }],
    summary: 'it keeps the last nodes when a Service is scaled to zero',
    evidence: 'Reported',
    findings: ['StaleInUpstream'],
    threads: ['apache/apisix-ingress-controller#464', 'apache/apisix#3072'],
  },
  {
    ...controller,
    id: 'candidate-writes-stale-nodes',
    ranges: [{ from: '1.8.0', fixedIn: '2.0.0-rc1' }],
    summary: 'a replica that is not the leader writes old nodes when an ApisixUpstream changes',
    evidence: 'Reported',
    findings: ['StaleInUpstream', 'MissingFromUpstream'],
    threads: ['apache/apisix-ingress-controller#2482'],
  },
  {
    ...controller,
    id: 'removed-port-kept',
    ranges: [{ from: '1.4.0', fixedIn: '2.0.0-rc1' }],
    summary: 'it never again touches the upstream of a port that was removed from its Service',
    evidence: 'Measured',
    findings: ['OrphanUpstreamPort'],
    threads: [],
  },
  {
    ...controller,
    id: 'ignores-slices-of-others',
    ranges: [{ from: '1.4.0', fixedIn: '2.0.0-rc1' }],
    summary:
      'told to read EndpointSlices, it ignores changes of mirrored and hand-made ones until a route changes or a resync comes',
    evidence: 'Measured',
    findings: ['StaleInUpstream', 'MissingFromUpstream'],
    threads: [],
  },
];

/** apisix-ingress-controller 2.x, which writes through ADC. */
const second: readonly KnownBug[] = [
  {
    ...controller,
    id: 'misses-endpoint-changes',
    ranges: [{ from: '2.0.0-rc3', fixedIn: '2.0.0' }],
    summary: 'it misses changes of endpoints: the upstream stays one generation behind',
    evidence: 'Reported',
    findings: ['StaleInUpstream', 'MissingFromUpstream'],
    threads: ['apache/apisix-ingress-controller#2536', 'apache/apisix-ingress-controller#2589'],
  },
  {
    ...controller,
    id: 'conf-version-rejected',
    ranges: [{ from: '2.0.0', fixedIn: '2.2.0' }],
    summary:
      'after a change of leader ADC sends an older conf_version, and a standalone APISIX refuses every push until the pod of the controller is restarted',
    evidence: 'Reported',
    findings: ['StaleInUpstream', 'MissingFromUpstream'],
    threads: [
      'apache/apisix-ingress-controller#2774',
      'apache/apisix-ingress-controller#2785',
      'apache/apisix-ingress-controller#2749',
    ],
  },
  {
    ...controller,
    id: 'headless-none-node',
    ranges: [{ from: '1.8.4' }],
    summary:
      'for a headless Service with resolveGranularity: service it writes a node of the host "None", in 2.2.0 still',
    evidence: 'Measured',
    findings: ['HeadlessNoneNode'],
    threads: [],
  },
];

const adc: readonly KnownBug[] = [
  {
    id: 'adc-misses-node-changes',
    component: 'adc',
    upstreams: 'Controller',
    ranges: [{ from: '0.21.0', fixedIn: '0.22.0' }],
    summary: 'it does not send changes of nodes that are inline in a service',
    evidence: 'Reported',
    findings: ['StaleInUpstream', 'MissingFromUpstream'],
    threads: ['api7/adc#347', 'apache/apisix-ingress-controller#2589'],
  },
  {
    id: 'adc-leaves-inline-upstream',
    component: 'adc',
    upstreams: 'Controller',
    ranges: [{ from: '0.22.0' }],
    summary:
      'a service that ADC before 0.22 wrote keeps its inline upstream: updates go to an upstream object that nothing refers to (mended by api7/adc#598, in no release yet that is known here)',
    evidence: 'Measured',
    findings: ['InlineUpstreamShadow'],
    threads: [
      'apache/apisix-ingress-controller#2708',
      'apache/apisix-ingress-controller#2689',
      'apache/apisix-ingress-controller#2699',
      'api7/adc#354',
      'api7/adc#598',
    ],
  },
];

export const ingressControllerBugs: readonly KnownBug[] = [...first, ...second, ...adc];
