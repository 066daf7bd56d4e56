import type { KnownBug } from './known-bug.ts';

/** Undone by kubernetes/kubernetes#127417; the releases are those of its changelogs. */
export const endpointsNeverWrittenAgain: KnownBug = {
  id: 'endpoints-never-written-again',
  component: 'kubernetes',
  ranges: [
    { from: '1.28.12', fixedIn: '1.28.15' },
    { from: '1.29.7', fixedIn: '1.29.10' },
    { from: '1.30.3', fixedIn: '1.30.6' },
    { from: '1.31.0', fixedIn: '1.31.2' },
  ],
  summary: 'after a cut that changes nothing, the endpoints controller never writes the object again',
  evidence: 'Reported',
  findings: ['EndpointsFrozen'],
  threads: [
    'kubernetes/kubernetes#127370',
    'kubernetes/kubernetes#126578',
    'kubernetes/kubernetes#125675',
    'kubernetes/kubernetes#127417',
  ],
};

export const kubernetesBugs: readonly KnownBug[] = [
  {
    id: 'endpoints-cut-at-1000',
    component: 'kubernetes',
    ranges: [{ from: '1.22.0' }],
    summary: 'the endpoints controller writes 1000 addresses at most, by design (1.21 only warns)',
    isByDesign: true,
    evidence: 'Measured',
    findings: ['EndpointsTruncated', 'UpstreamCutByEndpoints'],
    threads: ['kubernetes/kubernetes#99975', 'kubernetes/kubernetes#103520', 'kubernetes/kubernetes#73324'],
  },
  endpointsNeverWrittenAgain,
  {
    id: 'kube-proxy-drops-reused-ip',
    component: 'kubernetes',
    ranges: [{ from: '1.26.0', fixedIn: '1.36.0' }],
    summary: 'kube-proxy may have no rule for an IP that a terminating pod and a new one share',
    evidence: 'Reported',
    findings: ['AddressReused'],
    threads: [
      'kubernetes/kubernetes#135266',
      'kubernetes/kubernetes#135334',
      'kubernetes/kubernetes#135593',
      'kubernetes/kubernetes#115907',
    ],
  },
  {
    id: 'slices-from-stale-cache',
    component: 'kubernetes',
    // The fix was picked to three older lines.
    ranges: [
      { from: '1.17.0', fixedIn: '1.18.17' },
      { from: '1.19.0', fixedIn: '1.19.9' },
      { from: '1.20.0', fixedIn: '1.20.5' },
    ],
    summary:
      'the endpointslice controller races its own cache: events FailedToUpdateEndpointSlices, and for seconds an address in two slices',
    evidence: 'Reported',
    findings: ['DuplicateAddress', 'ContradictoryReadiness', 'MissingFromSlices'],
    threads: ['kubernetes/kubernetes#92928', 'kubernetes/kubernetes#99345', 'kubernetes/kubernetes#90276'],
  },
  {
    id: 'missing-node-stops-slices',
    component: 'kubernetes',
    ranges: [{ from: '1.17.0', fixedIn: '1.25.0' }],
    summary:
      "one pod on a missing Node stops all updates of its Service's EndpointSlices (since 1.25 only that pod is left out)",
    evidence: 'Reported',
    findings: ['NodeMissing', 'MissingFromSlices', 'StaleInSlices'],
    threads: ['kubernetes/kubernetes#107927', 'kubernetes/kubernetes#110639'],
  },
  {
    id: 'missing-node-leaves-slices',
    component: 'kubernetes',
    ranges: [{ from: '1.25.0' }],
    summary: 'pods on a missing Node are left out of EndpointSlices and kept in Endpoints, by design',
    isByDesign: true,
    evidence: 'Measured',
    findings: ['NodeMissing'],
    threads: ['kubernetes/kubernetes#107927', 'kubernetes/kubernetes#110639'],
  },
];
