import { expect, test } from 'vitest';
import { printUpstreamEvents } from '../../source/commands/print-upstream-events.ts';
import type { UpstreamOptions } from '../../source/commands/line/options.ts';
import type { AllTold } from '../../source/core/gateways/together.ts';
import { look, nothingSeen, type Seen } from '../../source/core/upstream-seen.ts';
import { fakeIo } from '../helpers/io.ts';
import { ips, read, unread, upstream } from '../helpers/snapshot.ts';

const told = (...last: readonly number[]): AllTold => ({
  upstreams: read([upstream(ips(...last))]),
  replicas: { state: 'Absent' },
});
const refused: AllTold = { upstreams: unread, replicas: { state: 'Absent' } };

/** The output for these moments, 5 s apart. */
async function printed(output: UpstreamOptions['output'], ...moments: readonly AllTold[]): Promise<string> {
  const { io, stdout } = fakeIo([]);
  const seen = async function* () {
    let last: Seen = nothingSeen;
    for (const moment of moments) {
      last = look(last, moment, (all) => all);
      yield last;
      await io.wait(5_000);
    }
  };
  await printUpstreamEvents(seen(), output, io);
  return stdout();
}

test('a row tells when, where and which, no more than five by name, and stands below the first', async () => {
  expect(await printed('table', told(1, 2), told(1, 3, 4, 5, 6, 7, 8, 9), refused)).toBe(`\
TIME                   GATEWAY   UPSTREAM      NODES    EVENT     WHICH
2026-01-02T03:04:05Z   apisix    shop_web_80   2        Present   <none>
2026-01-02T03:04:10Z   apisix    shop_web_80   8        Changed   +7: 10.0.0.3:8080 10.0.0.4:8080 10.0.0.5:8080 10.0.0.6:8080 10.0.0.7:8080 and 2 more; -1: 10.0.0.2:8080
2026-01-02T03:04:15Z   apisix    <none>        <none>   Unread    forbidden
`);
});

test('-o wide tells the Service too, and names all', async () => {
  const rows = (await printed('wide', told(1), told(1, 1, 3, 4, 5, 6, 7, 8, 9))).split('\n');
  expect(rows[2]).toMatch(
    /^\S+ {3}apisix {4}shop_web_80 {3}shop\/web:80 {3}9 {8}Changed {3}\+7: .* 10\.0\.0\.9:8080; weight of 1: 10\.0\.0\.1:8080 100->200$/,
  );
});

test('-o name prints the name for each event of an upstream', async () => {
  expect(await printed('name', told(1), refused, told(2))).toBe('upstream/1\nupstream/1\n');
});

test('-o yaml prints a document for each event', async () => {
  expect(await printed('yaml', told(1), refused)).toMatch(
    /^---\napiVersion: eps\/v1\nkind: UpstreamEvent\n[^]*\n---\napiVersion: eps\/v1\nkind: UpstreamEvent\nat: .*\ntype: Unread\ngateway: apisix\nreason: forbidden\n$/,
  );
});
