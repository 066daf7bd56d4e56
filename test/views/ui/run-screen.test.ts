import { expect, test, vi } from 'vitest';
import { runScreen, type ScreenOptions } from '../../../source/views/ui/run-screen.tsx';
import { syncedReport, truncatedReport } from '../../helpers/report.ts';
import type { World } from '../../../source/views/ui/model.ts';
import { frame, press, start, worldOf } from '../../helpers/screen.tsx';
import { FakeKeyboard, FakeScreen } from '../../helpers/terminal.ts';

const report = truncatedReport(1100);
const world = worldOf(report);
const opened = '\u001b[?1049h';
const restored = '\u001b[?1049l';

function open(options: Partial<ScreenOptions> = {}) {
  const stdin = new FakeKeyboard();
  const stdout = new FakeScreen(80, 24);
  const now = () => Date.parse(report.observedAt) + 2000;
  const save = (name: string) => Promise.resolve(name);
  const result = runScreen({ world, stdin, stdout, now, save, color: false, ...options });
  const shows = (text: string) =>
    vi.waitFor(
      () => {
        expect(stdout.lines.join('\n')).toContain(text);
      },
      { timeout: 10_000 },
    );
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
  expect(await result).toEqual({ reason, reports: [report] });
  expectRestored();
});

test('an aborted signal closes the screen and restores the terminal', async () => {
  const controller = new AbortController();
  const { result, shows, expectRestored } = open({ signal: controller.signal });
  await shows('100 of 1100 shown');
  controller.abort();
  expect(await result).toEqual({ reason: 'aborted', reports: [report] });
  expectRestored();
});

test('a signal that was aborted before opens nothing', async () => {
  const { stdout, result } = open({ signal: AbortSignal.abort() });
  expect(await result).toEqual({ reason: 'aborted', reports: [report] });
  expect(stdout.text).toBe('');
});

test('a keyboard that is gone closes the screen', async () => {
  const { stdin, stdout, result, shows } = open();
  await shows('100 of 1100 shown');
  stdin.end();
  expect((await result).reason).toBe('aborted');
  expect(stdout.text.lastIndexOf(restored)).toBeGreaterThan(stdout.text.lastIndexOf(opened));
});

/** An address of which a column cannot be drawn. */
const broken = {
  address: '10.0.0.1:80',
  in: {},
  get pod(): never {
    throw new Error('a bug');
  },
};

test('a component that throws closes the screen and restores the terminal', async () => {
  const given = worldOf({ ...report, addresses: [broken] });
  const { result, expectRestored } = open({ world: given });
  expect(await result).toMatchObject({ reason: 'crash', error: new Error('a bug') });
  expectRestored();
});

test('a key that throws does so, too', async () => {
  let isBroken = false;
  const last = {
    address: '10.0.0.1:80',
    in: {},
    get pod() {
      if (isBroken) throw new Error('a bug');
      return 'httpbin-1';
    },
  };
  const given = worldOf({ ...report, addresses: [last] });
  const { stdin, result, shows, expectRestored } = open({ world: given });
  await shows('1 of 1 shown');
  isBroken = true;
  stdin.write('P');
  expect(await result).toMatchObject({ reason: 'crash', error: new Error('a bug') });
  expectRestored();
});

test('keys that arrive together are obeyed one after the other', async () => {
  const { stdin, stdout, result, shows } = open();
  await shows('100 of 1100 shown');
  stdin.write('/3:\rzj');
  const state = press(start(world, '80x24', { isLive: false }), '/', '3', ':', 'enter', 'z', 'down');
  await vi.waitFor(() => {
    expect(stdout.lines.slice(0, 23)).toEqual(frame(state).split('\n'));
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

/** Worlds that come when the test says so. */
function stream() {
  let hand: (world: World) => void = () => undefined;
  let failWith: (error: Error) => void = () => undefined;
  const next = () =>
    new Promise<World>((resolve, reject) => {
      hand = resolve;
      failWith = reject;
    });
  let signalled: AbortSignal | undefined;
  async function* follow(signal: AbortSignal) {
    signalled = signal;
    for (;;) yield await next();
  }
  return {
    follow,
    send: (one: World) => {
      hand(one);
    },
    fail: (error: Error) => {
      failWith(error);
    },
    isAborted: () => signalled?.aborted,
  };
}

test('it follows the worlds that come and leaves with the last', async () => {
  const synced = syncedReport(7);
  const { follow, send, isAborted } = stream();
  const { stdin, result, shows } = open({ follow });
  await shows('100 of 1100 shown');
  send(worldOf(synced));
  await shows('0 of 7 shown');
  expect(isAborted()).toBe(false);
  stdin.write('q');
  expect((await result).reports).toEqual([synced]);
  expect(isAborted()).toBe(true);
});

test('of a Service that is gone it leaves with the last report', async () => {
  const { follow, send } = stream();
  const { stdin, result, shows } = open({ follow });
  await shows('100 of 1100 shown');
  send({ ...world, services: [] });
  await shows('x Deleted');
  stdin.write('q');
  expect((await result).reports).toEqual([report]);
});

test('when no worlds come any more it keeps the last, says why, and calls it stale', async () => {
  const { follow, fail } = stream();
  const { stdin, result, shows } = open({ follow });
  await shows('100 of 1100 shown');
  fail(new Error('cannot follow: forbidden'));
  await shows('! Stale                   cannot follow: forbidden');
  await shows('! stale 0 s');
  stdin.write('q');
  expect((await result).reports).toEqual([report]);
});

test('a burst of worlds is drawn in few frames', async () => {
  const reports = Array.from({ length: 200 }, (_, index) => syncedReport(index));
  async function* follow() {
    for (const one of reports) yield await Promise.resolve(worldOf(one));
  }
  const { stdin, stdout, result, shows } = open({ follow });
  await shows('0 of 199 shown');
  stdin.write('q');
  await result;
  const frames = stdout.text.split('\u001b[?2026h').length - 1;
  expect(frames).toBeGreaterThan(0);
  expect(frames).toBeLessThan(30);
});

test('c copies the selected address by OSC 52, and says so', async () => {
  const { stdin, stdout, result, shows } = open();
  await shows('100 of 1100 shown');
  stdin.write('c');
  await shows('copied 10.0.4.1:8080');
  expect(stdout.text).toContain(`\u001b]52;c;${btoa('10.0.4.1:8080')}\u0007`);
  stdin.write('q');
  await result;
});

test('ctrl-s saves all rows, and says where or why not', async () => {
  const saved: [string, string][] = [];
  const save = (name: string, text: string) => {
    saved.push([name, text]);
    return saved.length === 1 ? Promise.resolve(`./${name}`) : Promise.reject(new Error('disk full'));
  };
  const { stdin, result, shows } = open({ save });
  await shows('100 of 1100 shown');
  stdin.write('\u0013');
  const name = 'httpbin-addresses-20260301T120002Z.csv';
  await shows(`saved 1100 rows to ./${name}`);
  expect(saved[0]?.[0]).toBe(name);
  expect(saved[0]?.[1].split('\r\n')).toHaveLength(1102);
  stdin.write('\u0013');
  await shows('x not saved: disk full');
  stdin.write('q');
  await result;
});

test('events are read when their tab is opened, and what hinders that is said', async () => {
  const asked: string[] = [];
  const events = ({ name }: { readonly name: string }) => {
    asked.push(name);
    return Promise.reject(new Error('events is forbidden'));
  };
  const { follow } = stream();
  const { stdin, result, shows } = open({ follow, events });
  await shows('100 of 1100 shown');
  expect(asked).toEqual([]);
  stdin.write('\u001b[Z');
  await shows('the events could not be read: events is forbidden');
  expect(asked).toEqual(['httpbin']);
  stdin.write('q');
  await result;
});

test('a recording says so', async () => {
  const { stdin, result, shows } = open();
  await shows('recording of 2026-03-01T12:00:00Z');
  stdin.write('q');
  await result;
});
