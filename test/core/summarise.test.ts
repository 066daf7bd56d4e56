import { expect, test } from 'vitest';
import { judge } from '../../source/core/judge.ts';
import { itemsOf } from '../../source/core/snapshot.ts';
import { summarise } from '../../source/core/summarise.ts';
import { caseNames, snapshotOf } from '../helpers/cases.ts';
import { endpoints, ips, pod, read, service, slice, snapshot, unread } from '../helpers/snapshot.ts';

test.each(caseNames)('says of %s what the report says, without its addresses', async (name) => {
  const whole = await snapshotOf(name);
  const services = itemsOf(whole.services);
  const { items } = summarise(whole, services);
  const short = judge(whole, services).map(({ metadata, status, layers, findings }) => ({
    metadata,
    status,
    layers,
    findings: findings.map(({ code, severity, layer, port, count, message, hint }) => ({
      code,
      severity,
      layer,
      ...(port !== undefined && { port }),
      count,
      message,
      hint,
    })),
  }));
  expect(new Set(items)).toEqual(new Set(short));
  expect(JSON.stringify(items)).not.toContain('"addresses":[');
});

const selecting = (name: string) => service({ name, selector: { app: name } });

/** A pod of a Service that is in its layers, and in Endpoints if it is `in sync`. */
function partsOf(name: string, number: number, isInEndpoints: boolean) {
  const held = ips(number);
  return {
    pod: pod(number, { labels: { app: name } }),
    slice: slice(held, {
      name: `${name}-1`,
      serviceName: name,
      owner: { kind: 'Service', name, uid: 'uid-web' },
    }),
    endpoints: endpoints(isInEndpoints ? held : [], { name }),
  };
}

const parts = [partsOf('a', 1, true), partsOf('b', 2, false), partsOf('c', 3, true), partsOf('d', 4, false)];
const four = {
  services: read(['a', 'b', 'c', 'd'].map(selecting)),
  pods: read(parts.map((one) => one.pod)),
  endpointSlices: read(parts.map((one) => one.slice)),
  endpoints: read(parts.map((one) => one.endpoints)),
};
const order = (whole: ReturnType<typeof snapshot>) =>
  summarise(whole, itemsOf(whole.services)).items.map(({ metadata, status }) => [metadata.name, status]);

test('Services that drift come first, each kind in the order that was given', () => {
  expect(order(snapshot(four))).toEqual([
    ['b', 'Drift'],
    ['d', 'Drift'],
    ['a', 'Synced'],
    ['c', 'Synced'],
  ]);
});

test('those that cannot be told come before those in sync', () => {
  const named = service({ name: 'e', type: 'ExternalName' });
  const whole = snapshot({
    ...four,
    services: read([named, ...itemsOf(four.services)]),
    pods: read([]),
    endpointSlices: unread,
  });
  const statuses = order(whole).map(([, status]) => status);
  expect(statuses).toContain('Unknown');
  expect(statuses.indexOf('Unknown')).toBeLessThan(statuses.lastIndexOf('Synced'));
});
