import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ServiceReport } from '../../../source/core/report.ts';
import type { State } from '../../../source/views/ui/state.ts';
import { after, frame, observed, pressed, worldOf } from '../../helpers/screen.tsx';
import { syncedReport, truncatedReport, unreadReport } from '../../helpers/report.ts';

const seed = truncatedReport();

describe('the table', () => {
  test('fits 80x24', () => {
    expect(frame(pressed(seed, '80x24'))).toMatchInlineSnapshot(`
      "default/httpbin  Drift  selector app=httpbin  http 80->8080     live  APISIX 2 s
      Pods 2000 ready -> Slices 2000 in 20 -> Endpoints 1000 CUT -> APISIX 1000 CUT
      x EndpointsTruncated      1000 of 2000 addresses are not in Endpoints (limit 10…
      x UpstreamCutByEndpoints  default_httpbin_80 follows Endpoints: 1000 pods get n…
      [addresses 2000]  findings 2  slices 0  replicas  timeline 0  events
        ADDRESS          POD             PODS   SLICES  ENDPOINTS  APISIX   FIRST LOST
      > 10.0.4.1:8080    …5689c4d-lcfr7  ready  ready   missing    missing  Endpoints
        10.0.4.2:8080    …5689c4d-vln2g  ready  ready   missing    missing  Endpoints
        10.0.4.3:8080    …5689c4d-7twbp  ready  ready   missing    missing  Endpoints
        10.0.4.4:8080    …5689c4d-h57kx  ready  ready   missing    missing  Endpoints
        10.0.4.5:8080    …5689c4d-rdgs8  ready  ready   missing    missing  Endpoints
        10.0.4.6:8080    …5689c4d-4mp4h  ready  ready   missing    missing  Endpoints
        10.0.4.7:8080    …5689c4d-dvxcq  ready  ready   missing    missing  Endpoints
        10.0.4.8:8080    …5689c4d-n68lz  ready  ready   missing    missing  Endpoints
        10.0.4.9:8080    …5689c4d-xfht9  ready  ready   missing    missing  Endpoints
        10.0.4.10:8080   …5689c4d-9nq5j  ready  ready   missing    missing  Endpoints
        10.0.4.11:8080   …5689c4d-kwzdr  ready  ready   missing    missing  Endpoints
        10.0.4.12:8080   …5689c4d-t79m2  ready  ready   missing    missing  Endpoints
        10.0.4.13:8080   …5689c4d-6gjvb  ready  ready   missing    missing  Endpoints
        10.0.4.14:8080   …5689c4d-gpr6k  ready  ready   missing    missing  Endpoints
        10.0.4.15:8080   …5689c4d-qx2fs  ready  ready   missing    missing  Endpoints
        10.0.4.16:8080   …5689c4d-28bn4  ready  ready   missing    missing  Endpoints
      1000 of 2000 shown  drift only   / filter  z drift  tab view  ? keys  q quit"
    `);
  });

  test('has more columns at 120x40', async () => {
    await expect(frame(pressed(seed, '120x40', 'down', 'down'))).toMatchFileSnapshot('frames/120x40.txt');
  });

  test('has every column at 200x50', async () => {
    await expect(frame(pressed(seed, '200x50', 'z', 'G'))).toMatchFileSnapshot('frames/200x50.txt');
  });

  test('says with colour nothing that it does not say without', () => {
    const state = pressed(truncatedReport(1002), '80x15');
    const colored = frame(state, true);
    expect(colored).toMatchInlineSnapshot(`
      "[1mdefault/httpbin  [22m[31mDrift[39m  selector app=httpbin  http 80->8080     [94mlive[39m  [94mAPISIX 2 s[39m
      [94mPods 1002 ready[39m[2m -> [22m[94mSlices 1002 in 11[39m[2m -> [22m[31mEndpoints 1000 CUT[39m[2m -> [22m[31mAPISIX 1000 CUT[39m
      [31mx EndpointsTruncated    [39m  2 of 1002 addresses are not in Endpoints (limit 1000)
      [31mx UpstreamCutByEndpoints[39m  default_httpbin_80 follows Endpoints: 2 pods get no t…
      [1m[addresses 1002][22m  [2mfindings 2[22m  [2mslices 0[22m  [2mreplicas[22m  [2mtimeline 0[22m  [2mevents[22m
        [1mADDRESS        [22m  [1mPOD           [22m  [1mPODS [22m  [1mSLICES[22m  [1mENDPOINTS[22m  [1mAPISIX [22m  [1mFIRST LOST[22m
      [7m> 10.0.4.1:8080    …5689c4d-lcfr7  ready  ready   missing    missing  Endpoints [27m
        10.0.4.2:8080    …5689c4d-vln2g  [94mready[39m  [94mready [39m  [31mmissing  [39m  [31mmissing[39m  [31mEndpoints [39m





      2 of 1002 shown[35m  drift only[39m[2m   / filter  z drift  tab view  ? keys  q quit[22m"
    `);
    const words = colored.split('\n').map((line) => stripVTControlCharacters(line).trimEnd());
    expect(words.join('\n')).toBe(frame(state));
  });

  test('of a Service in sync shows all rows', () => {
    expect(frame(pressed(syncedReport(3), '80x15'))).toMatchInlineSnapshot(`
      "default/httpbin  Synced  selector app=httpbin  http 80->8080    live  APISIX 2 s
      Pods 3 ready  ->  Slices 3 in 1  ->  Endpoints 3  ->  APISIX 3
      [addresses 3]  findings 0  slices 0  replicas  timeline 0  events
        ADDRESS        POD               PODS   SLICES  ENDPOINTS  APISIX   FIRST LOST
      > 10.0.0.1:8080  …7d5689c4d-bp5jw  ready  ready   ready      present  -
        10.0.0.2:8080  …7d5689c4d-lxdr7  ready  ready   ready      present  -
        10.0.0.3:8080  …7d5689c4d-v8m2g  ready  ready   ready      present  -






      3 of 3 shown   / filter  z drift  tab view  enter detail  ? keys  q quit"
    `);
  });

  test('says why a layer is unread', () => {
    expect(frame(pressed(unreadReport(3), '80x15'))).toMatchInlineSnapshot(`
      "default/httpbin  Unknown  selector app=httpbin  http 80->8080   live  APISIX 2 s
      Pods 3 ready  ->  Slices 3 in 1  ->  Endpoints 3  ->  APISIX UNREAD
      ? APISIX unread  the APISIX admin API refused the key (401)
      [addresses 3]  findings 0  slices 0  replicas  timeline 0  events
        ADDRESS        POD                PODS   SLICES  ENDPOINTS  APISIX  FIRST LOST
      > 10.0.0.1:8080  …-7d5689c4d-bp5jw  ready  ready   ready      unread  -
        10.0.0.2:8080  …-7d5689c4d-lxdr7  ready  ready   ready      unread  -
        10.0.0.3:8080  …-7d5689c4d-v8m2g  ready  ready   ready      unread  -





      3 of 3 shown   / filter  z drift  tab view  enter detail  ? keys  q quit"
    `);
  });
});

test.each(['60x15', '80x24', '120x40', '200x50', '300x100'])(
  'a frame at %s is one row less than the terminal and never wider',
  (size) => {
    const [columns = 0, rows = 0] = size.split('x').map(Number);
    for (const keys of [[], ['z'], ['/', '('], ['enter'], ['?'], ['enter', 'G', '?']]) {
      const lines = frame(pressed(seed, size, ...keys)).split('\n');
      expect(lines, keys.join(' ')).toHaveLength(rows - 1);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
  },
);

test('only the rows on the screen are drawn, whatever their number', () => {
  const drawn = frame(pressed(seed, '80x24', 'z')).match(/10\.0\.\d+\.\d+:8080/g);
  expect(drawn).toHaveLength(16);
});

test('a terminal that is too small is told so', () => {
  expect(frame(pressed(seed, '50x10'))).toBe('terminal too small: 50x10, needs 60x15; ctrl-c qu…');
});

describe('the footer', () => {
  const footer = (...keys: readonly string[]) =>
    frame(pressed(seed, '100x24', ...keys))
      .split('\n')
      .at(-1);

  test('counts what matches while the filter is typed', () => {
    expect(footer('/', ...Array.from('node-3'))).toBe(
      '/node-3_  143 of 2000 match  drift only   enter keep  esc clear',
    );
    expect(footer('/', ...Array.from('node-3'), 'enter')).toBe(
      '/node-3  143 of 2000 match  drift only   / filter  z drift  tab view  enter detail  ? keys  q quit',
    );
  });

  test('says in place that a filter is no regular expression', () => {
    expect(footer('/', '(')).toBe(
      '/(_  x unterminated group  1000 of 2000 shown  drift only   enter keep  esc clear',
    );
  });
});

describe('an empty table', () => {
  const rowsOf = (state: State) => frame(state).split('\n').slice(6, 8);

  test('says that the filter matches nothing', () => {
    expect(rowsOf(pressed(seed, '80x24', '/', ...Array.from('nothing')))[0]).toBe(
      '  no row matches the filter',
    );
  });

  test('says that the drift is over', () => {
    const state = observed(pressed(seed, '80x24'), worldOf(syncedReport()));
    expect(rowsOf(state)).toContain('');
    expect(frame(state)).toContain('  nothing has drifted; z shows all');
  });

  test('says that no layer has an address', () => {
    expect(frame(pressed(syncedReport(0), '80x24'))).toContain('  no address in any layer');
  });
});

test('a failed reading is shown with its error, escaped, beside the old rows', () => {
  const state = after(pressed(seed, '80x24'), {
    kind: 'failed',
    error: 'cannot read Pods: \u001b[2Jforbidden',
  });
  const lines = frame(state).split('\n');
  expect(lines[0]).toContain('! stale 0 s');
  expect(lines[2]).toBe('! Stale                   cannot read Pods: ^[[2Jforbidden');
  expect(lines[7]).toContain('> 10.0.4.1:8080');
});

test('more findings than there is room for are counted', () => {
  const [finding] = seed.findings;
  const findings = Array.from({ length: 9 }, (_, index) => ({ ...finding, code: `Code${index}` }));
  const lines = frame(pressed({ ...seed, findings } as ServiceReport, '80x24')).split('\n');
  expect(lines.slice(2, 7).map((line) => line.slice(0, 30).trimEnd())).toEqual([
    'x Code0  1000 of 2000 addresse',
    'x Code1  1000 of 2000 addresse',
    'x Code2  1000 of 2000 addresse',
    '  and 6 more: tab shows all fi',
    '[addresses 2000]  findings 9',
  ]);
});
