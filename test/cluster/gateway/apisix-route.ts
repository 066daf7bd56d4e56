/** Sends a host's requests to port 80 of Service `httpbin`. */
export function apisixRoute(namespace: string): object {
  const match = { hosts: ['httpbin.example'], paths: ['/*'] };
  const backends = [{ serviceName: 'httpbin', servicePort: 80 }];
  return {
    apiVersion: 'apisix.apache.org/v2',
    kind: 'ApisixRoute',
    metadata: { name: 'httpbin', namespace },
    spec: { ingressClassName: 'apisix', http: [{ name: 'rule1', match, backends }] },
  };
}
