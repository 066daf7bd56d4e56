/** KWOK's nodes in three zones, each with room for every pod of a test. */
export function fakeNodes(count: number): readonly object[] {
  const room = { cpu: '64', memory: '512Gi', pods: '5000' };
  return Array.from({ length: count }, (_, number) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: `node-${number}`,
      labels: {
        'kubernetes.io/hostname': `node-${number}`,
        'topology.kubernetes.io/zone': `zone-${number % 3}`,
      },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    status: { allocatable: room, capacity: room },
  }));
}
