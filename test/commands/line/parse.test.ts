import { describe, expect, test } from 'vitest';
import { commandOf, parse } from '../../../source/commands/line/parse.ts';

const words = (line: string) => line.split(' ').filter(Boolean);

const table = { output: 'table', color: 'auto' };
const cluster = { from: { kind: 'Cluster' }, namespace: '', allNamespaces: false };
const named = (...names: readonly string[]) => ({ services: { kind: 'Names', names } });

const understood: readonly (readonly [line: string, invocation: object])[] = [
  ['diff httpbin', { command: 'diff', options: { ...cluster, ...table, ...named('httpbin') } }],
  ['diff svc/a service/b Services/c a', { options: named('a', 'b', 'c') }],
  [
    'diff x -n shop',
    { options: { namespace: 'shop', from: { kind: 'Cluster', flags: { namespace: 'shop' } } } },
  ],
  ['-n shop diff x', { command: 'diff', options: { namespace: 'shop', ...named('x') } }],
  ['-A diff', { command: 'diff', options: { allNamespaces: true, services: { kind: 'All' } } }],
  ['diff -A -n shop', { options: { allNamespaces: true, namespace: '' } }],
  ['diff -l app=web,tier!=db', { options: { services: { kind: 'Selector', selector: 'app=web,tier!=db' } } }],
  [
    'diff -A -l app=web',
    { options: { allNamespaces: true, services: { kind: 'Selector', selector: 'app=web' } } },
  ],
  ['diff x --selector=', { options: named('x') }],
  ['diff x -ojson', { options: { output: 'json' } }],
  ['diff x -o YAML', { options: { output: 'yaml' } }],
  ['diff x --output= --color never', { options: { output: 'table', color: 'never' } }],
  [
    'diff --from a.json --from - -n shop',
    {
      options: {
        from: { kind: 'Files', paths: ['a.json', '-'] },
        namespace: 'shop',
        services: { kind: 'All' },
      },
    },
  ],
  ['diff -- -x', { options: named('-x') }],
  ['diff diff', { options: named('diff') }],
  [
    'snapshot x -f out.json',
    { command: 'snapshot', options: { ...cluster, ...named('x'), filename: 'out.json' } },
  ],
  ['snapshot -A -f -', { options: { filename: '-', services: { kind: 'All' } } }],
  ['list', { command: 'list', options: { ...cluster, output: 'table', services: { kind: 'All' } } }],
  ['list -A -owide', { options: { allNamespaces: true, output: 'wide', services: { kind: 'All' } } }],
  ['list -l app=web -o name', { options: { output: 'name', services: { kind: 'Selector' } } }],
  ['list --from a.json', { options: { from: { kind: 'Files' }, services: { kind: 'All' } } }],
  ['demo', { command: 'demo', options: table }],
  ['demo -owide --color=always', { options: { output: 'wide', color: 'always' } }],
  ['demo --settle 0 --at-replicas=3000', { command: 'demo', options: { ...table, atReplicas: 3000 } }],
  ['version', { command: 'version', options: { output: 'text', cluster: { context: '' } } }],
  ['version -o json', { options: { output: 'json' } }],
  ['', { command: 'help', topic: undefined }],
  ['-h', { command: 'help', topic: undefined }],
  ['-n shop', { command: 'help', topic: undefined }],
  ['help', { command: 'help', topic: undefined }],
  ['help diff', { command: 'help', topic: 'diff' }],
  ['help help', { command: 'help', topic: 'help' }],
  ['diff -h', { command: 'help', topic: 'diff' }],
  ['--help diff x', { command: 'help', topic: 'diff' }],
  ['diff x --help --help=false', { command: 'diff' }],
  ['diff -- --help=true', { command: 'diff' }],
];

const nothingNamed = 'you must specify one or more Services: by name, by selector (-l) or all of them (-A)';

const refused: readonly (readonly [line: string, message: string])[] = [
  ['diff', nothingNamed],
  ['diff -n shop', nothingNamed],
  ['snapshot -f out.json', nothingNamed],
  ['snapshot x', 'required flag(s) "filename" not set'],
  ['diff x -l app=web', 'name cannot be provided when a selector is specified'],
  ['diff x -A', 'a resource cannot be retrieved by name across all namespaces'],
  ['diff pod/x', 'pod/x is not a Service: write NAME, svc/NAME or service/NAME'],
  ['diff svc/', 'arguments in resource/name form must have a single resource and name'],
  ['diff /x', 'arguments in resource/name form must have a single resource and name'],
  ['diff svc/a/b', 'arguments in resource/name form may not have more than one slash'],
  ['diff ..', 'invalid resource name "..": [may not be \'..\']'],
  ['diff a%2fb', 'invalid resource name "a%2fb": [may not contain \'%\']'],
  [
    'diff x -o name',
    'unable to match a printer suitable for the output format "name", allowed formats are: json,yaml,wide',
  ],
  ['list x', 'unexpected arguments: [x]'],
  [
    'list -o csv',
    'unable to match a printer suitable for the output format "csv", allowed formats are: json,yaml,wide,name',
  ],
  ['demo --color=red', 'invalid argument "red" for "--color" flag: must be one of auto, always, never'],
  ['diff x --from a.json --context prod', '--context cannot be used with --from, which reads files instead'],
  [
    'diff x --from a.json --request-timeout=0',
    '--request-timeout cannot be used with --from, which reads files instead',
  ],
  ['demo --settle 5', 'invalid argument "5" for "--settle" flag: must be 0 or a duration, such as 30s'],
  ['demo x y', 'unexpected arguments: [x y]'],
  ['version x', 'unexpected arguments: [x]'],
  ['version -o wide', "--output must be 'yaml' or 'json'"],
  ['demo -f x', "unknown shorthand flag: 'f' in -f"],
  ['diff x --help --nope', 'unknown flag: --nope'],
  ['-A', "unknown shorthand flag: 'A' in -A"],
  ['bogus --nope', 'unknown command "bogus" for "kubectl eps"'],
  ['help bogus', 'unknown command "bogus" for "kubectl eps"'],
  ['dif x', 'unknown command "dif" for "kubectl eps"\n\nDid you mean this?\n\tdiff\n'],
  ['S', 'unknown command "S" for "kubectl eps"\n\nDid you mean this?\n\tsnapshot\n'],
  ['toString', 'unknown command "toString" for "kubectl eps"'],
];

describe('parse', () => {
  test.each(understood)('understands "%s"', async (line, invocation) => {
    expect(await parse(words(line))).toMatchObject(invocation);
  });

  test.each(refused)('refuses "%s" in the words of kubectl', async (line, message) => {
    await expect(parse(words(line))).rejects.toMatchObject({ name: 'EpsError', message });
  });

  test('an empty name is refused, whatever its quotes were', async () => {
    await expect(parse(['diff', ''])).rejects.toMatchObject({ message: 'resource name may not be empty' });
  });

  test.each(['007', '1e3', "'quoted'", '"quoted"', 'a b', '-x', '--from=x', 'false', 'a.b=c', 'ü'])(
    'a value like %j arrives as it was written',
    async (value) => {
      const invocation = await parse(['diff', '--from', value, '--from', value, '-n', value]);
      expect(invocation).toMatchObject({
        options: { from: { kind: 'Files', paths: [value, value] }, namespace: value },
      });
    },
  );

  test('version --client asks no cluster', async () => {
    expect(await parse(['version', '--client'])).toEqual({ command: 'version', options: { output: 'text' } });
  });

  test('flags that were not given have the defaults of kubectl', async () => {
    expect(await parse(['diff', 'x'])).toMatchObject({
      options: {
        from: {
          flags: {
            kubeconfig: '',
            asGroup: [],
            asUserExtra: [],
            requestTimeout: '0',
            insecureSkipTlsVerify: false,
          },
        },
      },
    });
  });
});

describe('commandOf', () => {
  test.each([
    ['diff --nope', 'diff'],
    ['--nope -o diff demo', 'demo'],
    ['dif', undefined],
    ['', undefined],
  ])('finds in "%s" the command %s', (line, command) => {
    expect(commandOf(words(line))).toBe(command);
  });
});
