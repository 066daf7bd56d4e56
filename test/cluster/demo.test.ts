import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import { codes, demo } from './eps.ts';

test('the demo tells the story of its recording: who is not in Endpoints is not in the gateway either', async () => {
  const file = new URL('../../source/commands/demo.snapshot.json.gz', import.meta.url);
  // Our own recording: its shape is checked by the program when it reads it.
  const recording = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Snapshot;
  const ready = itemsOf(recording.pods).flatMap((pod) => (pod.ready ? pod.podIPs : []));
  const kept = itemsOf(recording.endpoints).flatMap(({ subsets }) =>
    subsets.flatMap(({ addresses }) => addresses.map(({ ip }) => ip)),
  );
  const nodes = itemsOf(recording.upstreams).flatMap((upstream) =>
    upstream.nodes.state === 'Read' ? upstream.nodes.items.map(({ host }) => host) : [],
  );
  const without = (held: readonly string[]) => {
    const known = new Set(held);
    return ready.filter((ip) => !known.has(ip)).sort();
  };

  const { code, report } = await demo();
  const lost = report.findings.map(({ addresses }) =>
    addresses.map((address) => address.replace(/:\d+$/, '')).sort(),
  );
  expect({ code, status: report.status, codes: codes(report) }).toEqual({
    code: 1,
    status: 'Drift',
    codes: ['EndpointsTruncated', 'UpstreamCutByEndpoints'],
  });
  expect([ready.length, kept.length, nodes.length]).toEqual([2000, 1000, 1000]);
  expect(lost).toEqual([without(kept), without(nodes)]);
  expect(report.addresses).toHaveLength(ready.length);
});
