import { startApisix } from '../../test/helpers/apisix/server.ts';
import { outputOf } from '../measure.ts';
import { eps } from '../programs.ts';
import type { Section } from '../section.ts';

const adminKey = '5e1ec7ed0ad31174e7a5c0de0f0ff1ce';

/** What reading costs the gateway, in requests: each blocks a worker for as long as it takes. */
export const gateway: Section = async (stage) => {
  const client = await stage.client();
  const namespace = await stage.crowd(20);
  const apisix = await startApisix({ flavour: 'v3', adminKey, viewerKey: adminKey });
  try {
    const flags = ['--apisix-url', apisix.adminUrl];
    const requests = async (...args: readonly string[]) => {
      const before = apisix.requests.length;
      const command = eps([...args, ...flags], client.kubeconfig);
      await outputOf({ ...command, env: { ...command.env, APISIX_ADMIN_KEY: adminKey } });
      return apisix.requests.length - before;
    };
    return {
      figures: [
        {
          what: 'diff of one Service that the gateway lacks',
          value: await requests('diff', 'httpbin', '-n', namespace, '--settle', '0'),
          unit: 'requests to the gateway',
        },
        {
          what: 'list -A, whatever the number of Services',
          value: await requests('list', '-A'),
          unit: 'requests to the gateway',
          atMost: 2,
        },
      ],
    };
  } finally {
    await apisix.close();
  }
};
