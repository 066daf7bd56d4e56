import { describe, expect, test } from 'vitest';
import { describeFailure } from '../../source/commands/failure.ts';
import { helpText } from '../../source/commands/line/help.ts';
import { failureCode, main } from '../../source/commands/main.ts';
import { EpsError } from '../../source/core/error.ts';
import { fakeIo } from '../helpers/io.ts';

async function run(...argv: readonly string[]) {
  const fake = fakeIo(argv);
  const code = await main(fake.io);
  return { code, stdout: fake.stdout(), stderr: fake.stderr() };
}

describe('main', () => {
  test('without a command it prints the help and ends 0', async () => {
    expect(await run()).toEqual({ code: 0, stdout: helpText(), stderr: '' });
  });

  test.each([[['diff', '--help']], [['help', 'diff']], [['-h', 'diff', 'x']]])(
    '%j prints the help of the command',
    async (argv) => {
      expect(await run(...argv)).toEqual({ code: 0, stdout: helpText('diff'), stderr: '' });
    },
  );

  test('an unknown command ends 1 and names the nearest', async () => {
    expect(await run('snapshto')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: unknown command "snapshto" for "kubectl eps"\n\nDid you mean this?\n\tsnapshot\n\n' +
        "See 'kubectl eps --help' for usage.\n",
    });
  });

  test('a usage error of diff ends 2, because 1 is drift', async () => {
    expect(await run('diff', 'x', '--nope')).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: unknown flag: --nope\nSee 'kubectl eps diff --help' for usage.\n",
    });
  });

  test('a usage error of another command ends 1', async () => {
    expect(await run('version', 'x')).toEqual({
      code: 1,
      stdout: '',
      stderr: "error: unexpected arguments: [x]\nSee 'kubectl eps version --help' for usage.\n",
    });
  });

  test.each([
    [['version', '--client'], 'Client Version: v0.1.0\n'],
    [
      ['version', '--client', '-ojson'],
      '{\n    "clientVersion": {\n        "gitVersion": "v0.1.0"\n    }\n}\n',
    ],
    [['version', '--client', '-o', 'yaml'], 'clientVersion:\n  gitVersion: v0.1.0\n'],
  ])('%j prints the version', async (argv, stdout) => {
    expect(await run(...argv)).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('the version of a server that does not answer is an error', async () => {
    // Port 1 of the loopback: nothing may listen there without root.
    const { code, stdout, stderr } = await run(
      'version',
      '-s',
      'https://127.0.0.1:1',
      '--kubeconfig',
      '/dev/null',
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'Client Version: v0.1.0\n' });
    expect(stderr).toContain('127.0.0.1:1 was refused');
  });

  test('a file that is not there is an error of the command, not of its usage', async () => {
    const { code, stdout, stderr } = await run('diff', 'x', '--from', '/nowhere/at-all.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*\/nowhere\/at-all\.json/);
    expect(stderr).not.toContain('--help');
  });

  test('what fails after an abort is not talked about', async () => {
    const fake = fakeIo(['diff', 'x', '--from', '/nowhere/at-all.json']);
    fake.abort();
    await main(fake.io);
    expect(fake.stderr()).toBe('');
  });
});

describe('failureCode', () => {
  test.each([
    [['diff'], 2],
    [['-n', 'diff', 'demo'], 2],
    [['snapshot'], 1],
    [['nonsense'], 1],
    [[], 1],
  ])('of %j is %i', (argv, code) => {
    expect(failureCode(argv)).toBe(code);
  });
});

describe('describeFailure', () => {
  test('an error says what happened and what to type', () => {
    const error = new EpsError('the path "x" does not exist', { hint: 'kubectl eps demo' });
    expect(describeFailure(error)).toBe('error: the path "x" does not exist\nhint: kubectl eps demo\n');
  });

  test('what the server said has no prefix', () => {
    const error = new EpsError('Error from server (NotFound): services "x" not found', { verbatim: true });
    expect(describeFailure(error)).toBe('Error from server (NotFound): services "x" not found\n');
  });

  test('no text can drive the terminal', () => {
    expect(describeFailure(new EpsError('a\u001b[2J\rb'))).toBe('error: a^[[2J\\rb\n');
  });

  test('a bug shows its stack and where to report it', () => {
    const text = describeFailure(new TypeError('x is not a function'));
    expect(text).toMatch(
      /^error: this is a bug .* https:\/\/github\.com\/kubectl-eps\/kubectl-eps\/issues\nTypeError: x is not a function\n {4}at /,
    );
  });

  test('a thrown value that is no Error is shown as it is', () => {
    expect(describeFailure('boom')).toMatch(/issues\nboom\n$/);
  });
});
