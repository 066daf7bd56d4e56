import { expect, test, vi } from 'vitest';
import { EpsError } from '../../../source/core/error.ts';
import { runScreen, type ScreenOptions } from '../../../source/views/ui/run-screen.tsx';
import { syncedReport, truncatedReport } from '../../helpers/report.ts';
import { frame, pressed } from '../../helpers/screen.tsx';
import { FakeKeyboard, FakeScreen } from '../../helpers/terminal.ts';

const report = truncatedReport(1100);
const opened = '\u001b[?1049h';
const restored = '\u001b[?1049l';

function open(options: Partial<ScreenOptions> = {}) {
  const stdin = new FakeKeyboard();
  const stdout = new FakeScreen(80, 24);
  const now = () => Date.parse(report.observedAt) + 2000;
  const result = runScreen({ report, stdin, stdout, now, color: false, ...options });
  const shows = (text: string) =>
    vi.waitFor(() => {
      expect(stdout.lines.join('\n')).toContain(text);
    });
  const expectRestored = () => {
    expect(stdout.text.startsWith(opened)).toBe(true);
    expect(stdout.text.lastIndexOf(restored)).toBeGreaterThan(stdout.text.lastIndexOf(opened));
    expect(stdout.text.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.text.lastIndexOf('\u001b[?25l'));
    expect(stdin.isRaw).toBe(false);
    expect(stdout.listenerCount('resize')).toBe(0);
  };
  return { stdin, stdout, result, shows, expectRestored };
}

test.each([
  ['q', 'quit'],
  ['\u0003', 'interrupt'],
  ['/a\u0003', 'interrupt'],
])('%j leaves the screen with the reason %s', async (keys, reason) => {
  const { stdin, result, shows, expectRestored } = open();
  await shows('100 of 1100 shown');
  expect(stdin.isRaw).toBe(true);
  stdin.write(keys);
  expect(await result).toEqual({ reason, report });
  expectRestored();
});

test('an aborted signal closes the screen and restores the terminal', async () => {
  const controller = new AbortController();
  const { result, shows, expectRestored } = open({ signal: controller.signal });
  await shows('100 of 1100 shown');
  controller.abort();
  expect(await result).toEqual({ reason: 'aborted', report });
  expectRestored();
});

test('a signal that was aborted before opens nothing', async () => {
  const { stdout, result } = open({ signal: AbortSignal.abort() });
  expect(await result).toEqual({ reason: 'aborted', report });
  expect(stdout.text).toBe('');
});

test('a keyboard that is gone closes the screen', async () => {
  const { stdin, stdout, result, shows } = open();
  await shows('100 of 1100 shown');
  stdin.end();
  expect((await result).reason).toBe('aborted');
  expect(stdout.text.lastIndexOf(restored)).toBeGreaterThan(stdout.text.lastIndexOf(opened));
});

test('a component that throws closes the screen and restores the terminal', async () => {
  const subject = {
    ports: '',
    get selector(): string {
      throw new Error('a bug');
    },
  };
  const { result, expectRestored } = open({ subject });
  expect(await result).toEqual({ reason: 'crash', report, error: new Error('a bug') });
  expectRestored();
});

test('a key that throws does so, too', async () => {
  let isBroken = false;
  const broken = {
    ...report,
    get addresses() {
      if (isBroken) throw new Error('a bug');
      return report.addresses;
    },
  };
  const { stdin, result, shows, expectRestored } = open({ report: broken });
  await shows('100 of 1100 shown');
  isBroken = true;
  stdin.write('z');
  const { reason, ...rest } = await result;
  expect([reason, 'error' in rest && rest.error]).toEqual(['crash', new Error('a bug')]);
  expectRestored();
});

test('keys that arrive together are obeyed one after the other', async () => {
  const { stdin, stdout, result, shows } = open();
  await shows('100 of 1100 shown');
  stdin.write('/3:\rzj');
  const expected = frame(pressed(report, '80x24', '/', '3', ':', 'enter', 'z', 'down'));
  // The header differs: this is a recording.
  await vi.waitFor(() => {
    expect(stdout.lines.slice(1, 23)).toEqual(expected.split('\n').slice(1));
  });
  stdin.write('q');
  await result;
});

test('text pasted into the table is not taken for keys', async () => {
  const { stdin, result, shows } = open();
  await shows('100 of 1100 shown');
  stdin.write('\u001b[200~q\u001b[201~/');
  stdin.write('\u001b[200~node-3\u001b[201~');
  await shows('/node-3_');
  stdin.write('\u0003');
  expect((await result).reason).toBe('interrupt');
});

test('the screen follows the size of the terminal', async () => {
  const { stdin, stdout, result, shows } = open();
  await shows('100 of 1100 shown');
  stdout.resize(50, 10);
  await shows('terminal too small: 50x10');
  stdout.resize(120, 40);
  await shows('BECAUSE');
  stdin.write('q');
  await result;
});

test('it reads again and leaves with the last report', async () => {
  const synced = syncedReport(7);
  const { stdin, result, shows } = open({
    refresh: () => Promise.resolve(synced),
    everyMs: 5,
    now: Date.now,
  });
  await shows('0 of 7 shown');
  stdin.write('q');
  expect((await result).report).toBe(synced);
});

test('a failed reading keeps the old report, called stale, until one succeeds', async () => {
  let isDown = true;
  const synced = syncedReport(7);
  const refresh = () =>
    isDown ? Promise.reject(new EpsError('cannot read Pods: forbidden')) : Promise.resolve(synced);
  const { stdin, result, shows } = open({ refresh, everyMs: 5, now: Date.now });
  await shows('cannot read Pods: forbidden');
  isDown = false;
  await shows('0 of 7 shown');
  stdin.write('q');
  expect((await result).report).toBe(synced);
});

test('readings never overlap, and the one under way is called off on leaving', async () => {
  const signals: AbortSignal[] = [];
  let ticks = 0;
  const refresh = (signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<never>(() => undefined);
  };
  const now = () => Date.now() + (ticks += 1);
  const { stdin, result } = open({ refresh, everyMs: 1, now });
  await vi.waitFor(() => {
    expect(signals).toHaveLength(1);
  });
  const before = ticks;
  await vi.waitFor(() => {
    expect(ticks).toBeGreaterThan(before + 20);
  });
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  stdin.write('q');
  await result;
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

test('a recording is not read again', async () => {
  const { stdin, result, shows } = open();
  await shows('recording of 2026-03-01T12:00:00Z');
  stdin.write('q');
  await result;
});
