import { expect, test } from 'vitest';
import type { ReportFinding } from '../../source/core/report.ts';
import { itemsOf, type Layer, type Snapshot } from '../../source/core/snapshot.ts';
import { changedAt, seenIn, serverTime } from '../helpers/quiet.ts';
import { randomSnapshot } from '../helpers/random-snapshot.ts';

/** The Snapshot with everything in it dated. */
function dated(whole: Snapshot): Snapshot {
  const withDate = <Item>(layer: Layer<Item>) => inLayer(layer, (one) => [{ ...one, changedAt }]);
  return {
    ...whole,
    serverTime,
    services: withDate(whole.services),
    pods: withDate(whole.pods),
    endpointSlices: withDate(whole.endpointSlices),
    endpoints: withDate(whole.endpoints),
    // One whose nodes nobody knows hides what another one lacks.
    upstreams: inLayer(whole.upstreams, (one) =>
      one.nodes.state === 'Read' ? [{ ...one, updatedAt: changedAt }] : [],
    ),
  };
}

function inLayer<Item>(
  layer: Layer<Item>,
  change: (item: Item, index: number) => readonly Item[],
): Layer<Item> {
  return layer.state === 'Read' ? { ...layer, items: layer.items.flatMap(change) } : layer;
}

const layers = ['pods', 'endpointSlices', 'endpoints', 'nodes', 'upstreams'] as const;

/** The Snapshot without each of its objects in turn. */
function* withoutEach(whole: Snapshot): Generator<Snapshot> {
  for (const name of layers) {
    const layer: Layer<unknown> = whole[name];
    for (const gone of itemsOf(layer)) {
      yield { ...whole, [name]: inLayer(layer, (one) => (one === gone ? [] : [one])) };
    }
  }
}

/** What differs by a finding, whatever explains it. */
function differences({ code, layer, addresses }: ReportFinding): readonly string[] {
  return addresses.length === 0 ? [code] : addresses.map((address) => `${layer} ${address}`);
}

test('drift that is there because an object is gone is never quiet', () => {
  let [quiet, fresh] = [0, 0];
  for (let seed = 0; seed < 200; seed += 1) {
    const whole = dated(randomSnapshot(seed));
    const before = seenIn(whole);
    quiet += before.settling.filter((finding) => before.isQuiet([finding])).length;
    const known = new Set(before.settling.flatMap((one) => [one.code, ...differences(one)]));
    for (const one of withoutEach(whole)) {
      const after = seenIn(one);
      for (const finding of after.settling) {
        if (differences(finding).every((each) => known.has(each))) continue;
        fresh += 1;
        expect([seed, finding, after.isQuiet([finding])]).toEqual([seed, finding, false]);
      }
    }
  }
  expect(quiet).toBeGreaterThan(40);
  expect(fresh).toBeGreaterThan(80);
});
