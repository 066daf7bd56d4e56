import { expect, test, vi } from 'vitest';
import { endOfDiff, showLive } from '../../source/commands/live.ts';
import { talkOn } from '../../source/commands/talk.ts';
import { printTable } from '../../source/views/table.ts';
import { fakeIo } from '../helpers/io.ts';
import { agreed, reportOf } from '../helpers/judging.ts';
import { endpoints, ips, read, service, snapshot } from '../helpers/snapshot.ts';
import { FakeKeyboard, FakeScreen } from '../helpers/terminal.ts';

const behind = { ...agreed, endpoints: read([endpoints(ips(1, 2))]) };
const report = reportOf(behind);
const restored = '\u001b[?1049l';

/** The screen on a terminal that stdout and stderr share, once it shows the report. */
async function open() {
  const keyboard = new FakeKeyboard();
  const screen = new FakeScreen(80, 24);
  const stdin = keyboard as unknown as NodeJS.ReadStream;
  const stdout = screen as unknown as NodeJS.WriteStream;
  const io = { ...fakeIo(['diff', 'httpbin']).io, stdin, stdout, stderr: talkOn(stdout) };
  const reading = { snapshot: snapshot(behind), services: [service()] };
  const given = { reading, confirms: false, hasList: false, end: endOfDiff };
  const result = showLive(given, { color: 'never' }, io);
  // Ink is loaded first.
  await vi.waitFor(
    () => {
      expect(screen.text).toContain('1 of 3 shown');
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
