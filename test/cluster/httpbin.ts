export type HttpbinOptions = {
  readonly namespace: string;
  readonly replicas: number;
  /** Merged into the Service's spec. */
  readonly service?: object;
  /** Merged into the pods' spec. */
  readonly pod?: object;
};

/** A Deployment `httpbin-deployment` and its Service `httpbin`, port `http` 80. */
export function httpbin({ namespace, replicas, service = {}, pod = {} }: HttpbinOptions): readonly object[] {
  const labels = { app: 'httpbin-deployment' };
  const container = {
    name: 'httpbin-deployment',
    image: 'kennethreitz/httpbin:latest',
    ports: [{ containerPort: 80 }],
  };
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
          spec: { terminationGracePeriodSeconds: 0, containers: [container], ...pod },
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
