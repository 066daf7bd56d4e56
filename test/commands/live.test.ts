import { describe, expect, test, vi } from 'vitest';
import { EpsError } from '../../source/core/error.ts';
import { endOfDiff, showLive, type Live } from '../../source/commands/live.ts';
import { talkOn } from '../../source/commands/talk.ts';
import { printTable } from '../../source/views/table.ts';
import { fakeIo } from '../helpers/io.ts';
import { agreed, reportOf } from '../helpers/judging.ts';
import { endpoints, ips, read as readLayer, service, snapshot } from '../helpers/snapshot.ts';
import { FakeKeyboard, FakeScreen } from '../helpers/terminal.ts';

const behind = { ...agreed, endpoints: readLayer([endpoints(ips(1, 2))]) };
const report = reportOf(behind);
const restored = '\u001b[?1049l';

const read = () => ({ snapshot: snapshot(behind), services: [service()] });

/** Of a reading that has just begun. */
const subject: Live['subject'] = {
  title: 'shop/web',
  kinds: () => [{ kind: 'services', objects: 1, isRead: true }],
};

/** The screen on a terminal that stdout and stderr share, once it shows this. */
async function open(changes: Partial<Live> = {}, text = '1 of 3 shown') {
  const keyboard = new FakeKeyboard();
  const screen = new FakeScreen(80, 24);
  const stdin = keyboard as unknown as NodeJS.ReadStream;
  const stdout = screen as unknown as NodeJS.WriteStream;
  const io = { ...fakeIo(['diff', 'httpbin']).io, stdin, stdout, stderr: talkOn(stdout) };
  const reading = Promise.resolve(read());
  const given = { reading, confirms: false, hasList: false, end: endOfDiff, ...changes };
  const result = showLive(given, { color: 'never' }, io);
  // Ink is loaded first.
  await vi.waitFor(
    () => {
      expect(screen.text).toContain(text);
    },
    { timeout: 15_000 },
  );
  return { io, keyboard, screen, result };
}

test('the report is left on the normal screen, and its status is the exit code', async () => {
  const { keyboard, screen, result } = await open();
  keyboard.write('q');
  expect(await result).toBe(1);
  expect(screen.text).toMatch(printTable(report, { rows: 'none', color: false }));
});

test('what is said while the screen is open is said below the report', async () => {
  const { io, keyboard, screen, result } = await open();
  io.stderr.write('notice: the key has changed\n');
  expect(screen.text).not.toContain('notice');
  keyboard.write('\u0003');
  expect(await result).toBe(130);
  io.stderr.write('notice: the end\n');
  const after = screen.text.slice(screen.text.lastIndexOf(restored));
  expect(after).toMatch(/web: Drift\n[^]*\nnotice: the key has changed\nnotice: the end\n$/);
});

describe('a reading that takes its time', () => {
  const never = new Promise<never>(() => undefined);

  test('has its progress on the screen, and then what was read', async () => {
    let isRead: (reading: ReturnType<typeof read>) => void = () => undefined;
    const reading = new Promise<ReturnType<typeof read>>((resolve) => {
      isRead = resolve;
    });
    const { io, keyboard, screen, result } = await open({ reading, subject }, '1 object so far');
    io.stderr.status('reading: 1 object, 1 s');
    isRead(read());
    await vi.waitFor(() => {
      expect(screen.text).toContain('1 of 3 shown');
    });
    expect(screen.text).not.toContain('reading: ');
    keyboard.write('q');
    expect(await result).toBe(1);
  });

  test.each([
    ['q', 'a verdict', 3, {}],
    ['q', 'a list', 0, { hasList: true }],
    ['\u0003', 'a verdict', 130, {}],
  ])(
    'is left by %j before there is %s with %i, and leaves nothing behind',
    async (keys, _, code, changes) => {
      const { keyboard, screen, result } = await open(
        { reading: never, subject, ...changes },
        '1 object so far',
      );
      keyboard.write(keys);
      expect(await result).toBe(code);
      expect(screen.text.slice(screen.text.lastIndexOf(restored))).toBe(`${restored}\u001b[?25h`);
    },
  );

  test('that fails closes the screen before its error is told', async () => {
    let fail: (error: Error) => void = () => undefined;
    const reading = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const { screen, result } = await open({ reading, subject }, '1 object so far');
    const error = new EpsError('services "web" is forbidden');
    fail(error);
    await expect(result).rejects.toBe(error);
    expect(screen.text).toContain(restored);
  });

  test('that finds nothing for a list says so on the normal screen', async () => {
    let isRead: (reading: ReturnType<typeof read>) => void = () => undefined;
    const reading = new Promise<ReturnType<typeof read>>((resolve) => {
      isRead = resolve;
    });
    const reader = { namespace: 'shop' };
    const { screen, result } = await open({ reading, reader, subject, hasList: true }, '1 object so far');
    isRead({ ...read(), services: [] });
    expect(await result).toBe(0);
    expect(screen.text.slice(screen.text.lastIndexOf(restored))).toContain(
      'No resources found in shop namespace.',
    );
  });
});

test.each([
  ['fails', () => Promise.reject(new EpsError('forbidden'))],
  ['finds nothing', () => Promise.resolve({ ...read(), services: [] })],
])('a reading that %s at once opens no screen', async (_, begin) => {
  const reading = begin();
  const screen = new FakeScreen(80, 24);
  const stdout = screen as unknown as NodeJS.WriteStream;
  const { io } = fakeIo(['list']);
  const given = { reading, subject, confirms: false, hasList: true, end: endOfDiff };
  await showLive(given, { color: 'never' }, { ...io, stdout }).catch(() => undefined);
  expect(screen.text).toBe('');
});
