import { describe, expect, test } from 'vitest';
import type { FlagTable } from '../../../source/commands/line/flag.ts';
import { firstArgument, normalise } from '../../../source/commands/line/normalise.ts';

const flags = {
  allNamespaces: { type: 'boolean', shortFlag: 'A', default: false, usage: '' },
  help: { type: 'boolean', shortFlag: 'h', default: false, usage: '' },
  quiet: { type: 'boolean', default: false, usage: '' },
  namespace: { type: 'string', shortFlag: 'n', default: '', usage: '' },
  output: { type: 'string', shortFlag: 'o', default: '', usage: '' },
  asGroup: { type: 'string', isMultiple: true, default: [], usage: '' },
  gatewayPod: { type: 'string', shortFlag: 'g', bareValue: '*', default: '', usage: '' },
} satisfies FlagTable;

const understood: readonly (readonly [
  argv: readonly string[],
  flags: readonly string[],
  args: readonly string[],
])[] = [
  [[], [], []],
  [['-n', 'foo'], ['--namespace=foo'], []],
  [['-nfoo'], ['--namespace=foo'], []],
  [['-n=foo'], ['--namespace=foo'], []],
  [['-n='], ['--namespace=='], []],
  [['-n==a'], ['--namespace==a'], []],
  [['--namespace', 'foo'], ['--namespace=foo'], []],
  [['--namespace=foo'], ['--namespace=foo'], []],
  [['--namespace='], ['--namespace='], []],
  [['--namespace', ''], ['--namespace='], []],
  [['--namespace=a=b'], ['--namespace=a=b'], []],
  [['--namespace=two\nlines'], ['--namespace=two\nlines'], []],
  [['-ojson', 'x'], ['--output=json'], ['x']],
  [['-Ah'], ['--all-namespaces=true', '--help=true'], []],
  [['-Anfoo'], ['--all-namespaces=true', '--namespace=foo'], []],
  [['-An', 'foo'], ['--all-namespaces=true', '--namespace=foo'], []],
  [['-A=false'], ['--all-namespaces=false'], []],
  [['-A', 'false'], ['--all-namespaces=true'], ['false']],
  [['--quiet=T'], ['--quiet=true'], []],
  [['--quiet=0'], ['--quiet=false'], []],
  [['--quiet', '--quiet=false'], ['--quiet=false'], []],
  [['-n', 'a', '--namespace=b'], ['--namespace=b'], []],
  [['--as-group', 'a', '--as-group=b,c'], ['--as-group=a', '--as-group=b,c'], []],
  [['-n', '-A'], ['--namespace=-A'], []],
  [['-n', '--'], ['--namespace=--'], []],
  [['--namespace', '--quiet', 'x'], ['--namespace=--quiet'], ['x']],
  [['a', '-', 'b'], [], ['a', '-', 'b']],
  [['a', '--', '-n', '--nope', '--'], [], ['a', '-n', '--nope', '--']],
  [['', 'a'], [], ['', 'a']],
  [['--gateway-pod', 'httpbin'], ['--gateway-pod=*'], ['httpbin']],
  [['--gateway-pod=ns/pod', 'httpbin'], ['--gateway-pod=ns/pod'], ['httpbin']],
  [['-g', 'httpbin'], ['--gateway-pod=*'], ['httpbin']],
  [['-g=pod', 'httpbin'], ['--gateway-pod=pod'], ['httpbin']],
];

const refused: readonly (readonly [argv: readonly string[], message: string])[] = [
  [['--nope'], 'unknown flag: --nope'],
  [['--nope=1'], 'unknown flag: --nope'],
  [['--names', 'x'], 'unknown flag: --names'],
  [['-xyz'], "unknown shorthand flag: 'x' in -xyz"],
  [['-Ax'], "unknown shorthand flag: 'x' in -x"],
  [['-A='], "unknown shorthand flag: '=' in -="],
  [['--namespace'], 'flag needs an argument: --namespace'],
  [['-n'], "flag needs an argument: 'n' in -n"],
  [['-An'], "flag needs an argument: 'n' in -n"],
  [['--=x'], 'bad flag syntax: --=x'],
  [['---x'], 'bad flag syntax: ---x'],
  [
    ['-A=maybe'],
    'invalid argument "maybe" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  ],
  [['--quiet='], 'invalid argument "" for "--quiet" flag: strconv.ParseBool: parsing "": invalid syntax'],
  [['--nope', '-n'], 'unknown flag: --nope'],
];

describe('normalise', () => {
  test.each(understood)('reads %j as pflag does', (argv, words, args) => {
    expect(normalise(argv, flags)).toEqual({ flags: words, args });
  });

  test.each(refused)('refuses %j in the words of pflag', (argv, message) => {
    expect(() => normalise(argv, flags)).toThrow(expect.objectContaining({ name: 'EpsError', message }));
  });
});

describe('firstArgument', () => {
  test.each([
    [['-n', 'foo', 'diff', 'x'], 'diff'],
    [['--nope', 'diff', '-n'], 'diff'],
    [['-A', 'diff'], 'diff'],
    [['-n', 'diff'], undefined],
    [['--', 'diff'], 'diff'],
  ])('of %j is %j', (argv, word) => {
    expect(firstArgument(argv, flags)).toBe(word);
  });
});
