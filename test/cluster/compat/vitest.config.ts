import { defineConfig } from 'vitest/config';
import cluster from '../vitest.config.ts';
import { tally } from './tally.ts';

/**
 * The cluster tests that make Services, pods, slices and Endpoints in every state, on an older Kubernetes; of the rollout
 * the samples are held against what kubectl was told as JSON meanwhile. Left out are those of the terminal, of files and
 * of errors, which have the same objects, and those of the gateway, which speaks no protobuf.
 */
export default defineConfig({
  test: {
    ...cluster.test,
    include: [
      'test/cluster/compat/*.test.ts',
      'test/cluster/{diff,list,own-plane,readers,service-kinds}.test.ts',
      'test/cluster/made/*.test.ts',
      'test/cluster/rollout/rollout.test.ts',
    ],
    exclude: [],
    reporters: ['default', tally],
  },
});
