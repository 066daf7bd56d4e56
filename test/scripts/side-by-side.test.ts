import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sideBySide } from '../../scripts/check/side-by-side.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

async function told(commands: readonly string[], atOnce = 2) {
  const outputs: string[] = [];
  const failed = await sideBySide(commands, atOnce, (output) => outputs.push(output));
  return { failed, outputs: outputs.map((output) => output.replace(/\d+ s/, 'N s')) };
}

test('every failure is told, each with all that it wrote, and what came first in the list ends the output', async () => {
  const commands = ['echo tests; exit 1', 'echo out; echo err >&2; echo out', 'false', 'true'];
  const { failed, outputs } = await told(commands);
  expect([...failed].sort()).toEqual(['echo tests; exit 1', 'false']);
  expect(outputs.at(-1)).toBe('tests\nFAILED: echo tests; exit 1, N s\n\n');
  expect([...outputs].sort()).toEqual(
    [
      'tests\nFAILED: echo tests; exit 1, N s\n\n',
      'out\nerr\nout\nok: echo out; echo err >&2; echo out, N s\n\n',
      'FAILED: false, N s\n\n',
      'ok: true, N s\n\n',
    ].sort(),
  );
});

test('a command that is not there has failed', async () => {
  const { failed, outputs } = await told(['no-such-program']);
  expect(failed).toEqual(['no-such-program']);
  expect(outputs[0]).toMatch(/not found/);
});

test('as many run at once as is said, and no more', async () => {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const at = (name: string) => path.join(folder.path, name);
  /** Fails where the other one does not begin while it runs. */
  const meets = (own: string, other: string, polls: number) =>
    `touch ${at(own)}; n=0; until [ -e ${at(other)} ]; do n=$((n + 1)); [ $n -lt ${polls} ] || exit 1; sleep 0.01; done`;
  const [first, second] = [meets('a', 'b', 1000), meets('b', 'a', 1000)];
  expect((await told([first, second], 2)).failed).toEqual([]);
  const [alone, later] = [meets('c', 'd', 50), meets('d', 'c', 50)];
  expect((await told([alone, later], 1)).failed).toEqual([alone]);
});
