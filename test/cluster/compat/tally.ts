import type { Reporter } from 'vitest/node';

/** Ends the output as .ci/run does; what fails outside of a test is one failure. */
export const tally: Reporter = {
  onTestRunEnd(modules, _errors, reason) {
    const states = modules.flatMap(({ children }) =>
      [...children.allTests()].map((test) => test.result().state),
    );
    const count = (wanted: string) => states.filter((state) => state === wanted).length;
    const failed = reason === 'passed' ? 0 : Math.max(count('failed'), 1);
    process.stdout.write(`${count('passed')} passed, ${failed} failed\n`);
  },
};
