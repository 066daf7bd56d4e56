import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/temporary.ts';
import { diff, eps } from './eps.ts';
import { sharedPlane } from './fixtures.ts';
import type { Outcome } from './plane/execute.ts';
import { freePort } from './plane/ports.ts';
import { settledHttpbin } from './settled.ts';

const plane = sharedPlane();
const folder = temporaryFolder();
afterAll(folder.remove);

/** The message alone: without kubectl's log of its tries, our hint, and the pointer to the help. */
function words({ stderr }: Outcome): string {
  const lines = stderr.trimEnd().split('\n');
  return lines.filter((line) => !/^(E\d{4} |hint: |See ')/.test(line)).join('\n');
}

/** What each refusal has in common: no data, no stack. */
function expectRefusal(outcome: Outcome, code: number): void {
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).not.toMatch(/^ +at |this is a bug/m);
}

/** `diff` fails with 2 and with what kubectl itself says when it is asked for a Service with the same flags. */
async function expectWordsOfKubectl(args: readonly string[]): Promise<void> {
  const [ours, theirs] = [await eps(['diff', ...args]), await plane.kubectl(['get', 'services', ...args])];
  expectRefusal(ours, 2);
  expect(theirs.code).toBe(1);
  expect(words(ours)).toBe(words(theirs));
}

/** The administrator's kubeconfig, JSON, without these members wherever they are. */
function kubeconfigWithout(...members: readonly string[]): string {
  const config: unknown = JSON.parse(readFileSync(plane.kubeconfig, 'utf8'));
  return JSON.stringify(config, (key, value: unknown) => (members.includes(key) ? undefined : value));
}

describe('diff says what kubectl says of', () => {
  test.each([
    ['an unknown Service', ['nope', '-n', 'default']],
    ['an unknown namespace', ['httpbin', '-n', 'nope']],
    ['an unknown context', ['httpbin', '--context', 'nope']],
    ['an unknown cluster', ['httpbin', '--cluster', 'nope']],
    ['an unknown user', ['httpbin', '--user', 'nope']],
    ['a kubeconfig that is not there', ['httpbin', '--kubeconfig', '/nope']],
    ['an unknown flag', ['httpbin', '--nope']],
    ['an unknown short flag', ['httpbin', '-Z']],
    ['a flag without its value', ['httpbin', '-n']],
    ['a timeout without a unit that is known', ['httpbin', '--request-timeout=5parsecs']],
    ['a name together with -A', ['httpbin', '-A']],
    ['a user without rights', ['httpbin', '--as', 'nobody']],
  ])('%s', (_, args) => expectWordsOfKubectl(args));

  test('an unreachable server', async () => {
    await expectWordsOfKubectl(['httpbin', '-s', `https://127.0.0.1:${await freePort()}`]);
  });

  test('an expired client certificate', async () => {
    const kubeconfig = await plane.kubeconfigFor({
      name: 'late',
      groups: ['system:masters'],
      expired: true,
    });
    await expectWordsOfKubectl(['httpbin', '--kubeconfig', kubeconfig]);
  });

  test('a token that is not accepted', async () => {
    const kubeconfig = folder.write('anonymous', kubeconfigWithout('client-certificate', 'client-key'));
    await expectWordsOfKubectl(['httpbin', '--kubeconfig', kubeconfig, '--token', 'nope']);
  });

  test('a server whose authority is not known', async () => {
    const kubeconfig = folder.write('trustless', kubeconfigWithout('certificate-authority'));
    await expectWordsOfKubectl(['httpbin', '--kubeconfig', kubeconfig]);
  });

  test('an unknown output format, but for the formats there are', async () => {
    const [ours, theirs] = [
      await eps(['diff', 'x', '-o', 'nope']),
      await plane.kubectl(['get', 'svc', '-o', 'nope']),
    ];
    expectRefusal(ours, 2);
    const upToFormats = (outcome: Outcome) => words(outcome).replace(/: [^:]*$/, '');
    expect(upToFormats(ours)).toBe(upToFormats(theirs));
  });
});

test.each([
  [['-n', 'default'], 'No resources found in default namespace.\n'],
  [['-A'], 'No resources found\n'],
])('no Service with the label (%s) is no error, as for kubectl', async (where, said) => {
  const args = ['-l', 'no=such', ...where];
  const [ours, theirs] = [await eps(['diff', ...args]), await plane.kubectl(['get', 'services', ...args])];
  expect(ours).toMatchObject({ code: 0, stdout: '' });
  expect(ours.stderr).toContain(said);
  expect(theirs).toEqual({ code: 0, stdout: '', stderr: said });
});

test('snapshot fails with 1 as kubectl does, and leaves no file', async () => {
  const file = path.join(folder.path, 'snapshot.json');
  const ours = await eps(['snapshot', 'nope', '-n', 'default', '-f', file]);
  expectRefusal(ours, 1);
  expect(words(ours)).toBe('Error from server (NotFound): services "nope" not found');
  expect(existsSync(file)).toBe(false);
});

describe('with files', () => {
  let lists: string;
  beforeAll(async () => {
    const own = `files-${process.pid}`;
    await plane.output(['create', 'namespace', own]);
    await settledHttpbin(plane, { namespace: own, replicas: 2 });
    const kinds = 'svc,pods,ep,endpointslices';
    lists = await plane.output(['get', kinds, '-n', own, '-o', 'json']);
  });

  test.each([
    ['that hold words', () => 'once upon a time', /neither JSON nor YAML objects/],
    ['that hold half of a JSON', () => lists.slice(0, lists.length / 2), /looks cut off/],
    ['that hold a web page', () => '<!DOCTYPE html><title>Sign in</title>', /looks like HTML: .*Sign in/],
    ['of an unknown shape', () => '{"weather":"fine"}', /cannot tell what .* is/],
    ['that are empty', () => '', /is empty/],
  ])('%s diff fails and names the file', async (_, content, reason) => {
    const file = folder.write('input', content());
    const outcome = await eps(['diff', 'httpbin', '--from', file]);
    expectRefusal(outcome, 2);
    expect(words(outcome)).toMatch(reason);
    expect(words(outcome)).toContain(file);
    expect(words(outcome)).toMatch(/^error: .+$/);
  });

  test('that are not there diff fails in the words of kubectl', async () => {
    const file = '/nope/lists.json';
    const [ours, theirs] = [
      await eps(['diff', 'httpbin', '--from', file]),
      await plane.kubectl(['get', '-f', file]),
    ];
    expectRefusal(ours, 2);
    expect(words(ours)).toBe(words(theirs));
  });

  test('without the Service diff fails', async () => {
    const outcome = await eps(['diff', 'nope', '--from', folder.write('lists.json', lists)]);
    expectRefusal(outcome, 2);
    expect(words(outcome)).toBe('error: services "nope" not found in the files');
  });

  test('that hold an error of the gateway nothing is certain', async () => {
    const files = [
      folder.write('lists.json', lists),
      folder.write('answer.json', '{"error_msg":"failed to check token","description":"wrong apikey"}'),
    ];
    const { code, report } = await diff(['httpbin', ...files.flatMap((file) => ['--from', file])]);
    expect({ code, status: report.status }).toEqual({ code: 3, status: 'Unknown' });
    expect(report.layers).toContainEqual(
      expect.objectContaining({
        name: 'Upstream',
        state: 'Unread',
        reason: 'the APISIX admin API refused the key (401)',
      }),
    );
  });
});
