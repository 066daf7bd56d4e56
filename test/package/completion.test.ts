import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namespace, sharedPlane } from '../cluster/fixtures.ts';
import { httpbin } from '../cluster/httpbin.ts';
import { outputOf } from '../cluster/plane/execute.ts';
import { eventually } from '../cluster/wait.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { hostFolder } from './release.ts';

const plane = sharedPlane();
const bin = temporaryFolder();
afterAll(bin.remove);

const env = {
  ...plane.env,
  PATH: [bin.path, plane.programs, process.env['PATH']].join(path.delimiter),
};

beforeAll(async () => {
  symlinkSync(path.join(hostFolder(), 'kubectl-eps'), path.join(bin.path, 'kubectl-eps'));
  await outputOf('kubectl', ['eps', 'completion', 'install'], { env });
});

/** What kubectl itself would offer after these words, without what it says of them. */
async function byKubectl(...typed: readonly string[]): Promise<readonly string[]> {
  const text = await outputOf('kubectl', ['__complete', 'eps', ...typed], { env });
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => line.replace(/\t.*$/, ''));
}

describe('kubectl, once "completion install" was run', () => {
  test('completes commands, flags and formats', async () => {
    expect(await byKubectl('sn')).toEqual(['snapshot', ':4']);
    expect(await byKubectl('diff', '--sel')).toEqual(['--selector', ':4']);
    expect(await byKubectl('diff', '-o', 'y')).toEqual(['yaml', ':4']);
  });

  test('completes namespaces, contexts and Services of the real cluster', async () => {
    const own = await namespace(plane);
    await plane.apply(httpbin({ namespace: own, replicas: 0 }));
    expect(await byKubectl('diff', '--context', '')).toEqual(['test', ':4']);
    // A busy machine may take longer than the plugin waits for a cluster.
    const untilOffered = (word: string, ...typed: readonly string[]) =>
      eventually(`${word} to be offered`, async () => (await byKubectl(...typed)).join() === `${word},:4`);
    await untilOffered(own, 'diff', '-n', own.slice(0, -1));
    await untilOffered('httpbin', 'diff', '-n', own, '');
    await untilOffered('svc/httpbin', 'upstream', '-n', own, 'svc/');
  });
});

describe('the script for', () => {
  test('bash completes words, values behind a sign, and files', async () => {
    const script = (words: readonly string[]) => `
      source <(kubectl-eps completion bash)
      compopt() { COMPREPLY=(files); }
      COMP_WORDS=(kubectl-eps ${words.map((word) => `'${word}'`).join(' ')})
      COMP_CWORD=${words.length}
      _kubectl_eps
      echo "\${COMPREPLY[*]}"`;
    const complete = (...words: readonly string[]) => outputOf('bash', ['-c', script(words)], { env });
    expect(await complete('de')).toBe('demo\n');
    expect(await complete('diff', '--output', '=')).toBe('json yaml wide\n');
    expect(await complete('diff', '--output', '=', 'js', '')).not.toContain('json');
    expect(await complete('diff', '--output', '=', 'js')).toBe('json\n');
    expect(await complete('diff', '--from', '')).toBe('files\n');
  });

  test('fish completes words and values behind a sign', async () => {
    const complete = (line: string) =>
      outputOf('fish', ['--no-config', '-c', `kubectl-eps completion fish | source; complete -C '${line}'`], {
        env: { ...env, HOME: bin.path },
      });
    expect(await complete('kubectl-eps de')).toBe(
      'demo\tRun diff on a recording that ships with the program\n',
    );
    expect(await complete('kubectl-eps diff --output=j')).toBe('--output=json\n');
  });

  test('zsh completes words', async () => {
    const script = `
      autoload -Uz compinit && compinit -u -d ${bin.path}/dump
      source <(kubectl-eps completion zsh)
      _describe() { print -l -- \${(P)4:-\${(P)3}}; }
      compset() { :; }
      words=(kubectl-eps de) CURRENT=2 PREFIX=de
      _kubectl-eps`;
    expect(await outputOf('zsh', ['-fc', script], { env: { ...env, HOME: bin.path } })).toBe(
      'demo:Run diff on a recording that ships with the program\n',
    );
  });
});
