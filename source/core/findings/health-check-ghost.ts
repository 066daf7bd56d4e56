import { servedPorts } from '../observed.ts';
import { ghosts } from '../replicas/ports.ts';
import type { Finding } from './finding.ts';
import { askAll, few } from './replica-words.ts';
import { addresses } from './words.ts';

export const healthCheckGhost: Finding = {
  code: 'HealthCheckGhost',
  layer: 'HealthCheck',
  severities: ['Warning'],
  summary: 'a health check goes on with an address that gets no requests',
  page: {
    meaning:
      'The health checker of a pod of the gateway still probes an address that is in no upstream. Requests do not go there, but probes do, and logs and metrics tell of a pod that is gone.',
    cause:
      'The checker is kept when nodes are taken out: its list is cached, is not cleared for the last node, or is cleared late.',
    objects: [
      'control API   /v1/upstream/ID                10.0.0.1:80',
      'control API   /v1/healthcheck/upstreams/ID   10.0.0.1:80 10.0.0.9:80 (unhealthy)',
    ],
    action: 'Nothing fails by it. A pod that is started again has only the checkers that it needs.',
    commands: ['kubectl eps upstream svc/SERVICE -n NAMESPACE --all-replicas'],
  },
  references: ['apache/apisix#13141', 'apache/apisix#13282', 'apache/apisix#13385', 'apache/apisix#12803'],
  find: ({ join }) => {
    const { scope, replicaPorts, rows } = join;
    const haunted = replicaPorts.filter((one) => ghosts(one).length > 0);
    const gateways = [...new Set(haunted.map(({ replica }) => replica.gateway))];
    return gateways.flatMap((gateway) =>
      servedPorts(scope).flatMap(({ name, port }) => {
        const members = haunted.filter((one) => one.port === port && one.replica.gateway === gateway);
        const texts = new Set(members.flatMap(ghosts));
        const own = rows.filter((row) => row.port === name && texts.has(row.text));
        const [only, ...more] = new Set(members.map(({ replica }) => replica.name));
        if (only === undefined) return [];
        return [
          {
            severity: 'Warning' as const,
            rows: own,
            port: name,
            gateway,
            ...(more.length === 0 && { replica: only }),
            message: `the health checks of ${few([only, ...more])} still probe ${addresses(own)} to which no requests go`,
            hint: askAll(scope.service),
          },
        ];
      }),
    );
  },
};
