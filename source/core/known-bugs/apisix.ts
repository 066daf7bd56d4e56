import type { KnownBug } from './known-bug.ts';

/** APISIX that discovers the nodes itself; its discovery of Kubernetes came with 2.13. */
const discovery = { component: 'apisix', upstreams: 'Discovery' } as const;

/** What the discovery makes of the nodes. */
const nodes: readonly KnownBug[] = [
  {
    ...discovery,
    id: 'discovery-watch-stalls',
    ranges: [{ from: '2.13.0' }],
    summary:
      'a watch that a load balancer cuts when idle is noticed only at the next relist, about 39 minutes later; a failed one is tried again after 40 seconds',
    evidence: 'Reported',
    findings: ['StaleInUpstream', 'MissingFromUpstream'],
    threads: ['apache/apisix#8489', 'apache/apisix#8313', 'apache/apisix#10422'],
  },
  {
    ...discovery,
    id: 'discovery-empty-event',
    ranges: [{ from: '2.13.0' }],
    summary: 'an event without ready addresses overwrites the nodes: some replicas are empty or behind',
    evidence: 'Reported',
    findings: ['UpstreamEmpty', 'MissingFromUpstream'],
    threads: ['apache/apisix#11574', 'apache/apisix#12923', 'apache/apisix#13299'],
  },
  {
    ...discovery,
    id: 'discovery-dict-full',
    ranges: [{ from: '2.13.0', fixedIn: '3.18.0' }],
    summary:
      'the shared dictionary of 1m by default (64m since 3.18) holds about 1000 endpoints: when it is full, Services are absent or stand still',
    evidence: 'Reported',
    findings: ['StaleInUpstream', 'MissingFromUpstream', 'UpstreamNotFound'],
    threads: [
      'apache/apisix#8021',
      'apache/apisix#8490',
      'apache/apisix-helm-chart#411',
      'apache/apisix#13688',
    ],
  },
  {
    ...discovery,
    id: 'discovery-ignores-slices',
    ranges: [{ from: '3.9.0', fixedIn: '3.14.0' }],
    summary: 'watch_endpoint_slices: true is ignored: Endpoints, cut at 1000, stays in use',
    evidence: 'Read',
    findings: ['UpstreamCutByEndpoints'],
    threads: ['apache/apisix#11631', 'apache/apisix#10916', 'apache/apisix#11654'],
  },
  {
    ...discovery,
    id: 'discovery-keyed-by-slice',
    ranges: [{ from: '3.14.0', fixedIn: '3.15.0' }],
    summary:
      'with watch_endpoint_slices: true the nodes are filed under the name of the slice instead of the Service, without hosts',
    evidence: 'Read',
    findings: ['UpstreamNotFound', 'UpstreamEmpty'],
    threads: ['apache/apisix#12634'],
  },
  {
    ...discovery,
    id: 'discovery-double-weight',
    ranges: [{ from: '3.15.0' }],
    summary:
      'slices are joined without merging duplicates and with both IP families: double weight, IPv6 nodes',
    evidence: 'Read',
    findings: ['DuplicateNode', 'DuplicateAddress'],
    threads: [],
  },
  {
    ...discovery,
    id: 'discovery-drops-unset-ready',
    ranges: [{ from: '3.15.0' }],
    summary: 'an endpoint whose ready condition is not set, which means ready, counts as not ready',
    evidence: 'Read',
    findings: ['MissingFromUpstream'],
    threads: [],
  },
  {
    ...discovery,
    id: 'discovery-dead-key',
    ranges: [{ from: '3.0.0', fixedIn: '3.15.0' }],
    summary:
      'a Service that is deleted while the watch is interrupted keeps its nodes until that pod of APISIX restarts',
    evidence: 'Read',
    findings: ['StaleInUpstream'],
    threads: ['apache/apisix#12288'],
  },
];

/** What can be seen from outside. */
const views: readonly KnownBug[] = [
  {
    ...discovery,
    id: 'discovery-dump-absent',
    ranges: [{ from: '2.13.0', fixedIn: '3.10.0' }],
    summary: 'there is no dump of the discovered nodes: they cannot be seen',
    evidence: 'Reported',
    findings: [],
    threads: ['apache/apisix#8375', 'apache/apisix#11111'],
  },
  {
    ...discovery,
    id: 'discovery-dump-empty',
    ranges: [{ from: '3.10.0', fixedIn: '3.13.0' }],
    summary: 'the dump is empty with a single cluster: the nodes cannot be seen',
    evidence: 'Reported',
    findings: [],
    threads: ['apache/apisix#11737', 'apache/apisix#12284', 'apache/apisix#12691'],
  },
  {
    ...discovery,
    id: 'discovery-dump-short',
    ranges: [{ from: '3.10.0', fixedIn: '3.14.0' }],
    summary: 'the dump lists about 512 Services at most',
    evidence: 'Read',
    findings: [],
    threads: [],
  },
  {
    component: 'apisix',
    id: 'healthcheck-keeps-removed-nodes',
    ranges: [{ from: '3.0.0', fixedIn: '3.18.0' }],
    summary: 'health checks go on for nodes that were removed; requests do not go there',
    evidence: 'Reported',
    findings: [],
    threads: [
      'apache/apisix#13141',
      'apache/apisix#13385',
      'apache/apisix#13627',
      'apache/apisix#13282',
      'apache/apisix#12803',
      'apache/apisix#12118',
      'apache/apisix#13572',
    ],
  },
];

export const apisixBugs: readonly KnownBug[] = [...nodes, ...views];
