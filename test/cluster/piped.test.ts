import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pod, read, service, slice, snapshot } from '../helpers/snapshot.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { env } from './eps.ts';

const count = 50_000;
const ipOf = (index: number) => `10.1.${index >> 8}.${index & 255}`;

const folder = temporaryFolder();
afterAll(folder.remove);
let file = '';
beforeAll(() => {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const pods = indexes.map((index) => pod(index, { podIPs: [ipOf(index)] }));
  const whole = snapshot({
    services: read([service()]),
    pods: read(pods),
    endpointSlices: read([slice(indexes.map(ipOf))]),
  });
  file = folder.write('snapshot.json', JSON.stringify(whole));
});

/** The rows of a Service of 50,000 pods, which wait in a pipe. */
function start() {
  const child = spawn('kubectl', ['eps', 'diff', '--from', file, '-o', 'wide'], { env });
  return { child, stderr: text(child.stderr), closed: once(child, 'close') };
}

test('every row arrives at a reader that takes its time', async () => {
  const { child, stderr, closed } = start();
  let rows = 0;
  let rest = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    rows += lines.filter((line) => /^10\.1\.\d+\.\d+:8080 /.test(line)).length;
    await wait(1);
  }
  await closed;
  expect({ rows, rest, stderr: await stderr }).toEqual({ rows: count, rest: '', stderr: '' });
});

test('a reader that has seen enough ends it without an error', async () => {
  const { child, stderr, closed } = start();
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await closed;
  expect({ code: child.exitCode, stderr: await stderr }).toEqual({ code: 0, stderr: '' });
});
