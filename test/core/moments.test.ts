import { expect, test } from 'vitest';
import { momentsApart } from '../../source/core/moments.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Layer, type Snapshot } from '../../source/core/snapshot.ts';
import { endpoints, ips, pod, read, slice, snapshot, upstream } from '../helpers/snapshot.ts';

const takenAt = '2026-01-01T00:00:00.000Z';

function apart(layers: Partial<Snapshot>): readonly string[] {
  const whole = snapshot(layers);
  const [service] = itemsOf(whole.services);
  if (!service) throw new Error('no Service');
  return momentsApart(indexScopes(whole)(service), takenAt);
}

/** A list of that resourceVersion. */
const listed = <Item>(resourceVersion: string, ...items: readonly Item[]): Layer<Item> => ({
  state: 'Read',
  items,
  resourceVersion,
  source: 'a file',
});

test('a list that is older than a change in another one is of another moment', () => {
  const layers = {
    pods: listed('120', pod(1, { resourceVersion: '110' }), pod(2, { resourceVersion: '90' })),
    endpointSlices: listed('99', slice(ips(2), { resourceVersion: '95' })),
  };
  expect(apart(layers)).toEqual([
    'EndpointSlices were read at resourceVersion 99, before a change of Pods at 110',
  ]);
});

test('lists one after the other, between which nothing changed, are of one moment', () => {
  const layers = {
    pods: listed('120', pod(1, { resourceVersion: '90' })),
    endpointSlices: listed('99', slice(ips(1), { resourceVersion: '95' })),
  };
  expect(apart(layers)).toEqual([]);
});

test('a list that shows the last change in another one is of its moment', () => {
  const layers = {
    pods: listed('120', pod(1, { resourceVersion: '99' })),
    endpointSlices: listed('99', slice(ips(1), { resourceVersion: '95' })),
  };
  expect(apart(layers)).toEqual([]);
});

test('a list of several whose last change is its own moment is a list all the same', () => {
  const layers = {
    pods: listed('110', pod(1, { resourceVersion: '110' }), pod(2, { resourceVersion: '90' })),
    endpointSlices: listed('120', slice(ips(1), { resourceVersion: '115' })),
  };
  expect(apart(layers)).toEqual([
    'Pods were read at resourceVersion 110, before a change of EndpointSlices at 115',
  ]);
});

test('a resourceVersion that is no number shows nothing', () => {
  const layers = {
    pods: listed('120', pod(1, { resourceVersion: '110' })),
    endpointSlices: listed('v99', slice(ips(1))),
    endpoints: listed('99v', endpoints(ips(1))),
  };
  expect(apart(layers)).toEqual([]);
});

test('an Endpoints that was read by its name is older than the pods, and says nothing of when it was read', () => {
  const layers = {
    pods: listed('120', pod(1, { resourceVersion: '110' })),
    endpoints: listed('100', endpoints(ips(1), { resourceVersion: '100' })),
  };
  expect(apart(layers)).toEqual([]);
});

test('the lists of kubectl have no resourceVersion, and show nothing', () => {
  expect(
    apart({ pods: read([pod(1, { resourceVersion: '110' })]), endpointSlices: read([slice([])]) }),
  ).toEqual([]);
});

test('an upstream written after the rest was read is of another moment', () => {
  const written = (updatedAt: string) => apart({ upstreams: read([upstream(ips(1), { updatedAt })]) });
  expect(written('2026-01-01T00:00:05.000Z')).toEqual([
    `upstream 1 was written at 2026-01-01T00:00:05.000Z, after the rest was read at ${takenAt}`,
  ]);
  expect(written(takenAt)).toEqual([]);
  expect(written('2025-12-31T23:59:59.000Z')).toEqual([]);
});
