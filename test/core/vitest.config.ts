import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A mutant is dead at the first test that fails: the quick ones are asked first, whole recorded clusters last. */
const order = [/core\/findings\//, /core\/(?!cases|cut|summarise)/];

class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = order.findIndex((part) => part.test(moduleId));
      return index === -1 ? order.length : index;
    };
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)));
  }
}

export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts'],
    // They need their hundreds of random Snapshots to meet every kind: half of the time of a whole run.
    exclude: ['test/core/naive.test.ts', 'test/core/quiet-deletions.test.ts'],
    env: { RANDOM_SNAPSHOTS: '20' },
    testTimeout: 20_000,
    isolate: false,
    sequence: { sequencer: QuickFirst },
  },
});
