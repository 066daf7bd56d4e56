import type { ServiceReport } from '../../../source/core/report.ts';
import { diff } from '../eps.ts';
import { keys, startGateway, type Gateway } from '../gateway/gateway.ts';
import { nodeIps, upstreamId } from '../gateway/upstream.ts';
import type { Client } from '../plane/client.ts';
import { crowd } from '../settled.ts';
import type { Evidence } from './proof.ts';

/** A gateway whose controller follows the crowd, all that happened there, and what `diff` said of it on the way. */
export type Follower = {
  readonly gateway: Gateway;
  readonly writes: Evidence['writes'];
  /** See {@link Evidence}. */
  readonly reads: () => Evidence['reads'];
  readonly samples: readonly ServiceReport[];
  /** Takes one more sample. */
  readonly sample: () => Promise<void>;
};

const path = `/upstreams/${upstreamId(crowd)}`;

/** Starts a gateway in a namespace of its own; `reads` is what its controller reads. */
export async function startFollower(
  client: Client,
  reads: 'endpointslices' | 'endpoints',
): Promise<Follower> {
  const writes: Evidence['writes'][number][] = [];
  const samples: ServiceReport[] = [];
  const gateway = await startGateway(client, {
    namespace: `ingress-apisix-${reads}`,
    kubernetes: { watch_endpoint_slices: reads === 'endpointslices' },
    onWrite: ({ key, value }) => {
      if (key.endsWith(path)) writes.push({ time: Date.now(), ips: nodeIps(value) });
    },
  });
  const { adminUrl, requests } = gateway.apisix;
  return {
    gateway,
    writes,
    reads: () =>
      requests
        .filter((request) => request.method === 'GET' && request.path.endsWith(path))
        .map(({ time }) => time),
    samples,
    sample: async () => {
      // While nothing stands still, trying longer than once would only make samples fewer.
      const args = ['httpbin', '-n', crowd, `--apisix-url=${adminUrl}`, '--settle=1s'];
      const { report } = await diff(args, { extraEnv: { APISIX_ADMIN_KEY: keys.viewerKey } });
      samples.push(report);
    },
  };
}
