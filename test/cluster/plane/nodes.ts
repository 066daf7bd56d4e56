/** A node of KWOK's, with room for every pod of a test. */
export function fakeNode(name: string, zone: string): object {
  const room = { cpu: '64', memory: '512Gi', pods: '5000' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    status: { allocatable: room, capacity: room },
  };
}

/** `node-0` and so on, in three zones. */
export function fakeNodes(count: number): readonly object[] {
  return Array.from({ length: count }, (_, number) => fakeNode(`node-${number}`, `zone-${number % 3}`));
}
