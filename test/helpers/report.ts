import type { AddressRow, LayerSummary, ReportFinding, ServiceReport } from '../../source/core/report.ts';

/** What the endpoints controller keeps of a Service (its capacity). */
const capacity = 1000;

const observedAt = '2026-03-01T12:00:00Z';

const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters as the ReplicaSet controller draws them, another five for each index. */
function suffix(index: number): string {
  return Array.from(
    { length: 5 },
    (_, place) => letters[(index * 7 + place * 11 + Math.floor(index / 27 ** place)) % 27],
  ).join('');
}

function row(index: number): AddressRow {
  return {
    address: `10.0.${Math.floor(index / 250)}.${(index % 250) + 1}:8080`,
    pod: `httpbin-7d5689c4d-${suffix(index)}`,
    node: `node-${(index % 7) + 1}`,
    zone: `zone-${'abc'[index % 3] ?? ''}`,
    in: { Pods: 'Ready', EndpointSlices: 'Ready', Endpoints: 'Ready', Upstream: 'Present' },
  };
}

function layers(pods: number, endpoints: number): readonly LayerSummary[] {
  return [
    { name: 'Pods', state: 'Read', objects: pods, addresses: pods, ready: pods },
    { name: 'EndpointSlices', state: 'Read', objects: Math.ceil(pods / 100), addresses: pods, ready: pods },
    { name: 'Endpoints', state: 'Read', objects: 1, addresses: endpoints, ready: endpoints },
    { name: 'Upstream', state: 'Read', objects: 1, addresses: endpoints, ready: endpoints },
  ];
}

function truncationFindings(pods: number, addresses: readonly string[]): readonly ReportFinding[] {
  const count = addresses.length;
  return [
    {
      code: 'EndpointsTruncated',
      severity: 'Error',
      layer: 'Endpoints',
      port: 'http',
      count,
      addresses,
      message: `${count} of ${pods} addresses are not in Endpoints (limit ${capacity})`,
      hint: 'kubectl get endpointslices -n default -l kubernetes.io/service-name=httpbin',
      references: ['kubernetes/kubernetes#99975'],
    },
    {
      code: 'UpstreamCutByEndpoints',
      severity: 'Error',
      layer: 'Upstream',
      port: 'http',
      count,
      addresses,
      upstream: 'default_httpbin_80',
      message: `default_httpbin_80 follows Endpoints: ${count} pods get no traffic`,
      hint: 'set watch_endpoint_slices: true for the ingress controller',
      references: ['apache/apisix#11574'],
    },
  ];
}

/** A Service of which every layer holds every pod. */
export function syncedReport(pods = 20): ServiceReport {
  return {
    apiVersion: 'eps/v1',
    kind: 'ServiceReport',
    metadata: { namespace: 'default', name: 'httpbin' },
    status: 'Synced',
    observedAt,
    layers: layers(pods, pods),
    findings: [],
    addresses: Array.from({ length: pods }, (_, index) => row(index)),
  };
}

/** More pods than Endpoints can hold: those whose IP sorts last as text are cut, and the gateway follows. */
export function truncatedReport(pods = 2000): ServiceReport {
  const synced = syncedReport(pods);
  const kept = new Set(
    synced.addresses
      .map(({ address }) => address)
      .sort()
      .slice(0, capacity),
  );
  const addresses = synced.addresses.map((each): AddressRow => {
    if (kept.has(each.address)) return each;
    const held = { ...each.in, Endpoints: 'Absent', Upstream: 'Absent' } as const;
    return { ...each, in: held, firstDivergence: 'Endpoints', because: 'EndpointsTruncated' };
  });
  const cut = addresses.filter(({ because }) => because).map(({ address }) => address);
  return {
    ...synced,
    status: 'Drift',
    layers: layers(pods, kept.size),
    findings: truncationFindings(pods, cut),
    addresses,
  };
}

/** The gateway refused to tell: nothing is known to be wrong, and nothing is known to be right. */
export function unreadReport(pods = 20): ServiceReport {
  const synced = syncedReport(pods);
  const reason = 'the APISIX admin API refused the key (401)';
  return {
    ...synced,
    status: 'Unknown',
    layers: [...synced.layers.slice(0, 3), { name: 'Upstream', state: 'Unread', reason }],
    addresses: synced.addresses.map((each) => ({ ...each, in: { ...each.in, Upstream: 'Unread' } })),
  };
}
