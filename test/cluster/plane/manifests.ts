/** Nodes that KWOK takes for its own, in three zones, each with room for all pods. */
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

export type Httpbin = {
  readonly namespace: string;
  readonly replicas: number;
  /** Merged into the Service's spec. */
  readonly service?: object;
  /** Merged into the pods' spec. */
  readonly pod?: object;
};

/** The Deployment and Service of the story: `httpbin`, port `http` 80. */
export function httpbin({ namespace, replicas, service = {}, pod = {} }: Httpbin): readonly object[] {
  const labels = { app: 'httpbin-deployment' };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'httpbin-deployment', namespace },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '50%', maxUnavailable: 1 } },
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: 0,
            containers: [
              { name: 'httpbin', image: 'kennethreitz/httpbin:latest', ports: [{ containerPort: 80 }] },
            ],
            ...pod,
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'httpbin', namespace },
      spec: {
        selector: labels,
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 80 }],
        ...service,
      },
    },
  ];
}
