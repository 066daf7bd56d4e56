import { expect, test } from 'vitest';
import { syncedReport, truncatedReport } from '../../helpers/report.ts';
import { frame, observed, pressed, worldOf } from '../../helpers/screen.tsx';

const seed = truncatedReport();

test('the detail has everything known of the row', () => {
  expect(frame(pressed(seed, '80x24', 'enter'))).toMatchInlineSnapshot(`
    "default/httpbin  Drift  selector app=httpbin  http 80->8080     live  APISIX 2 s
    Pods 2000 ready -> Slices 2000 in 20 -> Endpoints 1000 CUT -> APISIX 1000 CUT
    x EndpointsTruncated      1000 of 2000 addresses are not in Endpoints (limit 10…
    x UpstreamCutByEndpoints  default_httpbin_80 follows Endpoints: 1000 pods get n…
    addresses > 10.0.4.1:8080
    10.0.4.1:8080
    Pod         httpbin-7d5689c4d-lcfr7
    Node        node-7
    Zone        zone-b

    Pods        ready
    Slices      ready
    Endpoints   missing
    APISIX      missing

    First lost  Endpoints
    Because     EndpointsTruncated

    x EndpointsTruncated
      what      1000 of 2000 addresses are not in Endpoints (limit 1000)
      do        kubectl get endpointslices -n default -l
                kubernetes.io/service-name=httpbin
    lines 1-17 of 23   esc back  c copy  ? keys"
  `);
});

test('the detail of an address that is gone says so', () => {
  const state = observed(pressed(seed, '80x24', 'enter'), worldOf(syncedReport()));
  expect(frame(state)).toContain('10.0.4.1:8080 is in no layer any more');
});

test('the help of the table lists its keys and the terms of a filter', () => {
  expect(frame(pressed(seed, '80x60', '?'))).toMatchInlineSnapshot(`
    "default/httpbin  Drift  selector app=httpbin  http 80->8080     live  APISIX 2 s
    Pods 2000 ready -> Slices 2000 in 20 -> Endpoints 1000 CUT -> APISIX 1000 CUT
    x EndpointsTruncated      1000 of 2000 addresses are not in Endpoints (limit 10…
    x UpstreamCutByEndpoints  default_httpbin_80 follows Endpoints: 1000 pods get n…
    addresses > keys
    /                     filter the rows
    z ctrl-z              only rows with a fault, or all rows
    tab                   the next tab
    shift-tab             the tab before
    enter right l         everything known of the selected row
    y                     the selected row as JSON
    c                     copy it to the clipboard (OSC 52)
    down j                one row down
    up k                  one row up
    PgDn ctrl-f           one page down
    PgUp ctrl-b           one page up
    home g                to the first row
    end G                 to the last row
    ctrl-s                save all rows as CSV, in a new file
    p                     pause: nothing moves until p is pressed again
    ?                     the keys that work here
    q                     quit
    ctrl-c                leave at once, exit code 130

    Sort by; again turns it around
    A                     ADDRESS
    P                     POD
    N                     NODE
    Z                     ZONE
    O                     PODS
    S                     SLICES
    E                     ENDPOINTS
    U                     APISIX
    F                     FIRST LOST
    B                     BECAUSE

    In a filter
    10\\.0\\.1\\.            rows in which the regular expression matches anything
                          shown
    !ready                rows in which it does not
    code:                 the finding that explains it
    pod:                  its pod
    node:                 the node of the pod
    layer:                the layer where it was first lost, whole: layer:endpoints
    two words             both must hold; write a blank as \\s













    lines 1-40 of 40   esc back"
  `);
});

test('the help of the detail lists other keys', () => {
  const help = frame(pressed(seed, '80x40', 'enter', '?'));
  expect(help).toContain('esc q left h          back to the rows');
  expect(help).not.toContain('only rows with a fault');
});

test('the footer of a page says how much of it is on the screen', () => {
  const footerOf = (...keys: readonly string[]) =>
    frame(pressed(seed, '80x24', ...keys))
      .split('\n')
      .at(-1);
  expect(footerOf('enter')).toBe('lines 1-17 of 23   esc back  c copy  ? keys');
  expect(footerOf('enter', 'G')).toBe('lines 7-23 of 23   esc back  c copy  ? keys');
});
