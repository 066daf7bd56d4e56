import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { filesOf } from '../helpers/cases.ts';
import { fakeIo } from '../helpers/io.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const refused = folder.write('refused.json', '{"error_msg":"failed to check token"}');
const noServices = folder.write('none.json', '{"apiVersion":"v1","kind":"ServiceList","items":[]}');
const [objects = '', upstreams = '', , routes = ''] = filesOf('insync-20');

async function run(...argv: readonly string[]) {
  const { io, stdout, stderr } = fakeIo(argv);
  const code = await main(io);
  return { code, stdout: stdout(), stderr: stderr() };
}

describe('of files without a Service', () => {
  const noService =
    'error: the files hold no Service at all\nhint: kubectl get services,pods,endpoints,endpointslices -o json > FILE\n';

  test.each([
    [['diff'], 2],
    [['diff', 'web'], 2],
    [['diff', '-o', 'json'], 2],
    [['list'], 1],
    [['list', '-o', 'json'], 1],
    [['snapshot', '-f', '-'], 1],
  ])('%j is an error, for nothing can be judged', async (argv, code) => {
    for (const file of [upstreams, routes]) {
      expect(await run(...argv, '--from', file)).toEqual({ code, stdout: '', stderr: noService });
    }
  });

  test('an answer with which APISIX refused leaves everything open', async () => {
    const stderr = `error: cannot read the upstreams of ${refused}: the APISIX admin API refused the key (401)\n`;
    expect(await run('diff', '--from', refused)).toEqual({ code: 3, stdout: '', stderr });
    expect(await run('diff', 'web', '--from', refused)).toEqual({ code: 3, stdout: '', stderr });
    expect(await run('list', '--from', refused)).toEqual({ code: 1, stdout: '', stderr });
  });
});

describe('where no Service is asked for', () => {
  const nobody = ['diff', '-l', 'no=such', '--from', objects];

  test('people read the words of kubectl', async () => {
    expect(await run(...nobody)).toEqual({ code: 0, stdout: '', stderr: 'No resources found\n' });
    expect(await run('diff', '--from', noServices)).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No resources found\n',
    });
  });

  test('programs get a list without items', async () => {
    const empty = { apiVersion: 'eps/v1', kind: 'ServiceReportList', items: [] };
    const { code, stdout, stderr } = await run(...nobody, '-o', 'json');
    expect({ code, document: JSON.parse(stdout) as unknown, stderr }).toEqual({
      code: 0,
      document: empty,
      stderr: '',
    });
    expect((await run(...nobody, '-o', 'yaml')).stdout).toBe(
      'apiVersion: eps/v1\nkind: ServiceReportList\nitems: []\n',
    );
  });
});
