import { beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../source/commands/main.ts';
import { idOfName } from '../../source/gateways/apisix/name.ts';
import { fakeIo } from '../helpers/io.ts';
import { brief, eventsIn, nodes, upstreamWatch, type UpstreamWatch } from '../helpers/upstream-watch.ts';

const [web, api] = [idOfName('shop_web_80'), idOfName('shop_api_80')];
const lists = ['upstreams', 'services', 'routes', 'stream_routes'];
const json = ['-o', 'json'];
const nothing = () => undefined;

let watch: UpstreamWatch;
beforeEach(async () => {
  watch = await upstreamWatch();
});
const put: UpstreamWatch['put'] = (...given) => {
  watch.put(...given);
};

describe('upstream -w SERVICE', () => {
  test('prints what there is, then nodes that are added, removed or weighed anew, each once', async () => {
    put('shop_web_80', { '10.0.0.1': 100, '10.0.0.2': 100 });
    const change = () => {
      put('shop_web_80', { '10.0.0.2': 0, '10.0.0.3': 100 });
    };
    const events = eventsIn(await watch.watched(['svc/web', ...json], [nothing, change, nothing]));
    expect(events.map(brief)).toEqual([
      'Present apisix shop_web_80',
      'Changed apisix shop_web_80 +10.0.0.3:8080 -10.0.0.1:8080 10.0.0.2:8080:100->0',
    ]);
    expect(events[1]).toMatchObject({
      apiVersion: 'eps/v1',
      kind: 'UpstreamEvent',
      at: '2026-01-02T03:04:15.000Z',
      upstream: { id: web, service: { namespace: 'shop', name: 'web', port: 80 } },
    });
  });

  test('costs one request by id each 5 s, and no list at all', async () => {
    put('shop_web_80', { '10.0.0.1': 100 });
    const { asked, pauses } = await watch.watched(['svc/web'], [nothing, nothing]);
    expect(asked).toEqual([[`upstreams/${web}`], [`upstreams/${web}`], [`upstreams/${web}`]]);
    expect(pauses).toEqual([5_000, 5_000]);
  });

  test('waits for an upstream that is not there yet, and sees it go and come back', async () => {
    const come = () => {
      put('shop_web_80', { '10.0.0.1': 100 });
    };
    const go = () => {
      watch.apisix.delete('upstreams', web);
    };
    const told = await watch.watched(['svc/web', ...json], [come, go, come]);
    expect(eventsIn(told).map(brief)).toEqual([
      'Appeared apisix shop_web_80',
      'Gone apisix shop_web_80',
      'Appeared apisix shop_web_80',
    ]);
    expect(told.asked.slice(1).flat()).not.toContain('upstreams');
    expect(told.stderr).toMatch(/^No upstreams found$/m);
  });

  test('sees one under an id of its own, which one list has found, by that id', async () => {
    put('shop_web_80', { '10.0.0.1': 100 }, 'handmade');
    const change = () => {
      put('shop_web_80', { '10.0.0.2': 100 }, 'handmade');
    };
    const told = await watch.watched(['svc/web', ...json], [change]);
    expect(eventsIn(told).map(brief)).toEqual([
      'Present apisix shop_web_80',
      'Changed apisix shop_web_80 +10.0.0.2:8080 -10.0.0.1:8080',
    ]);
    const [first = [], second = []] = told.asked;
    expect(first.filter((path) => path === 'upstreams')).toHaveLength(1);
    expect(second).toContain('upstreams/handmade');
    expect(second).not.toContain('upstreams');
  });
});

describe('upstream -w ID', () => {
  test('costs one request for each reading, the first among them', async () => {
    put('by-hand', { '10.0.0.1': 1 }, 'mine');
    const { asked } = await watch.watched(['mine'], [nothing, nothing]);
    expect(asked).toEqual([['upstreams/mine'], ['upstreams/mine'], ['upstreams/mine']]);
  });

  test('sees inline upstreams in their route and service, without a list after the first', async () => {
    const holding = (host: string) => ({
      uri: '/',
      upstream: { type: 'roundrobin', name: 'inside', nodes: nodes({ [host]: 1 }) },
    });
    const { apisix } = watch;
    apisix.put('routes', 'r1', holding('10.0.0.1'));
    apisix.put('services', 's1', holding('10.0.0.1'));
    const change = () => {
      apisix.put('routes', 'r1', holding('10.0.0.2'));
    };
    const go = () => {
      apisix.delete('services', 's1');
    };
    const told = await watch.watched(['inside', ...json], [change, go]);
    expect(eventsIn(told).map(brief)).toEqual([
      'Present apisix inside',
      'Present apisix inside',
      'Changed apisix inside +10.0.0.2:8080 -10.0.0.1:8080',
      'Gone apisix inside',
    ]);
    expect(told.asked.slice(1)).toEqual([
      ['services/s1', 'routes/r1'],
      ['services/s1', 'routes/r1'],
    ]);
  });

  test('fails at once where there is none of that name', async () => {
    const told = await watch.watched(['nobody'], []);
    expect(told).toMatchObject({ code: 1, stdout: '' });
    expect(told.stderr).toMatch(/^notice: .*\nerror: upstreams "nobody" not found in /);
  });
});

describe('upstream -w', () => {
  test('lists once, then asks for each by id, and keeps what the list told of routes', async () => {
    put('shop_web_80', { '10.0.0.1': 100 });
    put('by-hand', { '10.0.0.9': 1 }, 'mine');
    watch.apisix.put('routes', 'r1', { uri: '/', upstream_id: web });
    const change = () => {
      put('shop_web_80', { '10.0.0.2': 100 });
    };
    const told = await watch.watched(json, [change, nothing]);
    const [first, ...later] = told.asked;
    expect(first).toEqual(lists);
    const both = [`upstreams/${web}`, 'upstreams/mine'].toSorted();
    expect(later.map((paths) => paths.toSorted())).toEqual([both, both]);
    const events = eventsIn(told);
    expect(events.map(brief)).toEqual([
      'Present apisix by-hand',
      'Present apisix shop_web_80',
      'Changed apisix shop_web_80 +10.0.0.2:8080 -10.0.0.1:8080',
    ]);
    expect(events[2]).toMatchObject({ upstream: { routes: ['r1'] } });
  });

  test('sees the upstream of a Service that a route has begun to lead to, by its id', async () => {
    put('shop_web_80', { '10.0.0.1': 100 });
    const routed = ['web'];
    const appear = () => {
      put('shop_api_80', { '10.0.0.5': 100 });
      routed.push('api');
    };
    const half = Array.from({ length: 6 }, () => nothing);
    const told = await watch.watched(json, [appear, ...half], { services: ['web', 'api'], routed });
    const events = eventsIn(told);
    expect(events.map(brief)).toEqual(['Present apisix shop_web_80', 'Appeared apisix shop_api_80']);
    expect(events[1]).toMatchObject({ upstream: { service: { namespace: 'shop', name: 'api', port: 80 } } });
    const later = told.asked.slice(1).flat();
    expect(later).toContain(`upstreams/${api}`);
    expect(later.filter((path) => lists.includes(path))).toEqual([]);
  });

  test('rests 30 ms for each upstream where that is longer', async () => {
    for (let number = 1; number <= 200; number += 1) put(`by-hand-${number}`, {}, `id-${number}`);
    const { pauses } = await watch.watched([], [nothing]);
    expect(pauses).toEqual([6_000]);
  });
});

describe('a gateway that cannot be read', () => {
  test('is told once, tried again less often, and told when it is back with what it missed', async () => {
    put('shop_web_80', { '10.0.0.1': 100 });
    const refuse = () => {
      watch.apisix.fail('wrong-key');
    };
    const heal = () => {
      watch.apisix.fail(undefined);
      put('shop_web_80', { '10.0.0.2': 100 });
    };
    const told = await watch.watched(['svc/web', ...json], [refuse, nothing, heal]);
    expect(eventsIn(told).map(brief)).toEqual([
      'Present apisix shop_web_80',
      'Unread apisix the APISIX admin API refused the key (401)',
      'Read apisix',
      'Changed apisix shop_web_80 +10.0.0.2:8080 -10.0.0.1:8080',
    ]);
    expect(told.pauses).toEqual([5_000, 15_000, 15_000]);
  });

  test('from the start ends as without -w', async () => {
    watch.apisix.fail('wrong-key');
    const told = await watch.watched(['svc/web'], []);
    expect(told).toMatchObject({ code: 3, stdout: '' });
    expect(told.stderr).toMatch(
      /^error: cannot read the upstreams of .*: the APISIX admin API refused the key/m,
    );
  });
});

test('with --from it is refused: files do not change', async () => {
  const { io, stderr } = fakeIo(['upstream', '-w', '--from', 'x']);
  expect(await main(io)).toBe(1);
  expect(stderr()).toContain('--watch cannot be used with --from, which reads files instead');
});
