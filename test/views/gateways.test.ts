import { expect, test } from 'vitest';
import { printTable } from '../../source/views/table.ts';
import { twoGateways } from '../helpers/judging.ts';

test('each of several gateways has a line under the layer, a column, and its name beside what is wrong there', () => {
  const text = printTable(twoGateways(), { rows: 'diverging', color: false });
  expect(`\n${text}`).toMatchInlineSnapshot(`
    "
    shop/web: Drift

    LAYER                STATE    OBJECTS   ADDRESSES   READY
    Pods                 Read     3         3           3
    EndpointSlices       Read     1         3           3
    Endpoints            Read     1         3           3
    Upstream             Read     2         3           3
    Upstream(edge)       Read     1         3           3
    Upstream(internal)   Read     1         2           2

    x MissingFromUpstream (port http, gateway internal): shop_web_80 lacks 1 address of ready pods: they get no traffic
        kubectl describe apisixroutes -n shop  # cannot tell whether a bug of apisix-ingress-controller or adc is behind it: kubectl eps explain MissingFromUpstream

    ADDRESS         POD      PODS     ENDPOINTSLICES   ENDPOINTS   UPSTREAM(edge)   UPSTREAM(internal)   FIRST LOST   BECAUSE
    10.0.0.3:8080   web-3    ready    ready            ready       present          absent               Upstream     MissingFromUpstream
    "
  `);
});
