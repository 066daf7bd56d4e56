import { expect, test, vi } from 'vitest';
import type { KindRead, LoadingState } from '../../../source/views/ui/loading/loading.ts';
import type { World } from '../../../source/views/ui/model.ts';
import { runScreen } from '../../../source/views/ui/run-screen.tsx';
import { truncatedReport } from '../../helpers/report.ts';
import { loadingFrame, worldOf } from '../../helpers/screen.tsx';
import { FakeKeyboard, FakeScreen } from '../../helpers/terminal.ts';

const report = truncatedReport(1100);
const kinds: readonly KindRead[] = [
  { kind: 'services', objects: 1, isRead: true },
  { kind: 'pods', objects: 1000, isRead: false },
  { kind: 'endpointslices', objects: 20, isRead: true },
];
const state = (changes: Partial<LoadingState> = {}): LoadingState => ({
  size: { columns: 80, rows: 24 },
  title: 'shop/web',
  kinds,
  ms: 3_200,
  ...changes,
});

test('at 80 x 24 it shows what is read, the objects of each kind so far, and for how long', () => {
  expect(loadingFrame(state())).toBe(
    [
      'shop/web                                              reading, 3 s   kubectl eps',
      '1021 objects so far',
      '',
      '  services                   1',
      '  pods                    1000 ...',
      '  endpointslices            20',
      ...Array.from({ length: 16 }, () => ''),
      'reading   q quit',
    ].join('\n'),
  );
});

test('at the smallest size it has the same, and on a smaller one it asks for more room', () => {
  const size = { columns: 60, rows: 15 };
  const lines = loadingFrame(state({ size })).split('\n');
  expect(lines).toHaveLength(14);
  expect(lines[0]).toBe('shop/web                          reading, 3 s   kubectl eps');
  expect(lines.at(-1)).toBe('reading   q quit');
  expect(loadingFrame(state({ size: { columns: 50, rows: 10 } }))).toContain('terminal too small: 50x10');
});

test('a name that is too long gives way to how long it takes', () => {
  const [first] = loadingFrame(state({ title: `shop/${'x'.repeat(80)}` })).split('\n');
  expect(first).toMatch(/^shop\/x+… *reading, 3 s {3}kubectl eps$/);
  expect(first).toHaveLength(80);
});

test('kinds that find no room below each other leave the footer where it is', () => {
  const many = Array.from({ length: 40 }, (_, index) => ({
    kind: `kind${index}`,
    objects: 0,
    isRead: false,
  }));
  expect(
    loadingFrame(state({ kinds: many }))
      .split('\n')
      .at(-1),
  ).toBe('reading   q quit');
});

test('a screen reader hears what is read, and no counts that go on', () => {
  expect(loadingFrame(state(), { isSpoken: true })).toBe('shop/web, reading\nq quit');
});

const restored = '\u001b[?1049l';

/** The screen of a reading that ends when the test says so. */
function open(signal?: AbortSignal) {
  const stdin = new FakeKeyboard();
  const stdout = new FakeScreen(80, 24);
  let time = Date.parse(report.observedAt);
  let read: (world: World | undefined) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const world = new Promise<World | undefined>((resolve, reject) => {
    read = resolve;
    fail = reject;
  });
  let progress = kinds.slice(0, 1);
  const result = runScreen({
    world: { kind: 'Loading', title: 'shop/web', kinds: () => progress, world },
    stdin,
    stdout,
    signal,
    now: () => time,
    save: (name) => Promise.resolve(name),
    color: false,
  });
  const shows = (text: string) =>
    vi.waitFor(
      () => {
        expect(stdout.lines.join('\n')).toContain(text);
      },
      { timeout: 10_000 },
    );
  return {
    stdin,
    stdout,
    result,
    shows,
    read: (one: World | undefined) => {
      read(one);
    },
    fail: (error: Error) => {
      fail(error);
    },
    goOn: () => {
      time += 2_000;
      progress = [...kinds];
    },
    expectRestored: () => {
      expect(stdout.text.split(restored)).toHaveLength(2);
      expect(stdin.isRaw).toBe(false);
      expect(stdout.listenerCount('resize')).toBe(0);
    },
  };
}

test('it tells how far the reading is, and is followed by what was read on the same screen', async () => {
  const { stdin, stdout, result, shows, read, goOn, expectRestored } = open();
  await shows('reading, 0 s');
  await shows('1 object so far');
  goOn();
  await shows('reading, 2 s');
  await shows('1021 objects so far');
  read(worldOf(report));
  await shows('100 of 1100 shown');
  expect(stdout.text).not.toContain(restored);
  expect(stdout.lines.join('\n')).not.toContain('so far');
  expect(stdin.isRaw).toBe(true);
  stdin.write('q');
  expect(await result).toEqual({ reason: 'quit', reports: [report] });
  expectRestored();
});

test.each([
  ['q', 'quit'],
  ['\u0003', 'interrupt'],
])('%j leaves it with the reason %s, without a report', async (keys, reason) => {
  const { stdin, result, shows, expectRestored } = open();
  await shows('reading, 0 s');
  stdin.write(keys);
  expect(await result).toEqual({ reason, reports: undefined });
  expectRestored();
});

test('what is pasted, and keys that mean something later, mean nothing yet', async () => {
  const { stdin, result, shows, read } = open();
  await shows('reading, 0 s');
  stdin.write('\u001b[200~q\u001b[201~/zj');
  await vi.waitFor(() => {
    expect(stdin.readableLength).toBe(0);
  });
  read(worldOf(report));
  await shows('100 of 1100 shown  drift only');
  stdin.write('q');
  expect((await result).reason).toBe('quit');
});

test('a reading that fails closes the screen with its error', async () => {
  const { result, shows, fail, expectRestored } = open();
  await shows('reading, 0 s');
  fail(new Error('forbidden'));
  expect(await result).toEqual({ reason: 'crash', error: new Error('forbidden'), reports: undefined });
  expectRestored();
});

test('a reading that finds nothing closes it, too', async () => {
  const { result, shows, read, expectRestored } = open();
  await shows('reading, 0 s');
  read(undefined);
  expect(await result).toEqual({ reason: 'nothing', reports: undefined });
  expectRestored();
});

test('an aborted signal and a keyboard that is gone close it', async () => {
  const controller = new AbortController();
  const aborted = open(controller.signal);
  await aborted.shows('reading, 0 s');
  controller.abort();
  expect((await aborted.result).reason).toBe('aborted');
  aborted.expectRestored();
  const gone = open();
  await gone.shows('reading, 0 s');
  gone.stdin.end();
  expect((await gone.result).reason).toBe('aborted');
});

test('it follows the size of the terminal', async () => {
  const { stdin, stdout, result, shows } = open();
  await shows('reading, 0 s');
  stdout.resize(50, 10);
  await shows('terminal too small: 50x10');
  stdout.resize(120, 40);
  await shows('1 object so far');
  stdin.write('q');
  await result;
});
