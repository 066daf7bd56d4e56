import { chmodSync, lstatSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { fakeIo } from '../helpers/io.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

async function run(
  argv: readonly string[],
  caller: { readonly program?: string; readonly PATH?: string; readonly platform?: NodeJS.Platform } = {},
) {
  const { program = 'kubectl-eps', PATH = '', platform = process.platform } = caller;
  const fake = fakeIo(['completion', ...argv]);
  const code = await main({ ...fake.io, program, platform, env: { PATH } });
  return { code, stdout: fake.stdout(), stderr: fake.stderr() };
}

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish', 'powershell'])('prints what %s is to source', async (shell) => {
    const { code, stdout } = await run([shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('__complete');
  });

  test('knows no other shell', async () => {
    expect(await run(['csh'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: unsupported shell type "csh": bash, zsh, fish, powershell, install\n' +
        "See 'kubectl eps completion --help' for usage.\n",
    });
  });
});

test('completion install on Windows writes a script, which needs no right to make links', async () => {
  const script = path.join(folder.path, 'kubectl_complete-eps.cmd');
  const program = path.join(folder.path, 'kubectl-eps.exe');
  const result = await run(['install'], { program, platform: 'win32' });
  expect(result).toEqual({ code: 0, stdout: `${script} is in place\n`, stderr: '' });
  expect(readFileSync(script, 'utf8')).toBe('@"%~dp0kubectl-eps.exe" __complete %*\r\n');
});

describe.skipIf(process.platform === 'win32')(
  'completion install (skipped on Windows: it makes symbolic links)',
  () => {
    test('links beside the program as it was called, not beside what that leads to', async () => {
      symlinkSync('/nowhere/store/kubectl-eps', path.join(folder.path, 'kubectl-eps'));
      const link = path.join(folder.path, 'kubectl_complete-eps');
      const result = await run(['install'], { program: path.join(folder.path, 'kubectl-eps') });
      expect(result).toEqual({ code: 0, stdout: `${link} is in place\n`, stderr: '' });
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(readlinkSync(link)).toBe('kubectl-eps');
    });

    test('finds the program on the PATH, and does it again without harm', async () => {
      const other = temporaryFolder();
      chmodSync(other.write('kubectl-eps', ''), 0o755);
      const PATH = ['/nowhere', other.path].join(path.delimiter);
      const once = await run(['install'], { PATH });
      expect(once.stdout).toBe(`${path.join(other.path, 'kubectl_complete-eps')} is in place\n`);
      expect(await run(['install'], { PATH })).toEqual(once);
      other.remove();
    });

    test('says what to type where it may not write', async () => {
      const { code, stderr } = await run(['install'], { program: '/proc/kubectl-eps' });
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error: cannot write to \/proc: E\w+\nhint: sudo ln -sf kubectl-eps \/proc\/kubectl_complete-eps\n$/,
      );
    });
  },
);
