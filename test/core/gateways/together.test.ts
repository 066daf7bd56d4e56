import { describe, expect, test } from 'vitest';
import { judgedOf, together, type GatewayTold } from '../../../source/core/gateways/together.ts';
import type { Layer, Upstream } from '../../../source/core/snapshot.ts';
import { ips, replica, upstream } from '../../helpers/snapshot.ts';

const absent = { state: 'Absent' } as const;
const has = (id: string, source: string): Layer<Upstream> => ({
  state: 'Read',
  items: [upstream(ips(1), { id })],
  resourceVersion: '',
  source,
});
const refuses = (source: string, reason: string) => ({ state: 'Unread', source, reason }) as const;
const told = (gateway: string, upstreams: Layer<Upstream>, more: Partial<GatewayTold> = {}): GatewayTold => ({
  gateway,
  upstreams,
  replicas: absent,
  ...more,
});

describe('what several gateways told, as one', () => {
  test('is what could be read, from whom it was read, each under the name of its gateway', () => {
    const all = [told('edge', has('1', 'pod a')), told('tiny', has('2', 'pod b')), told('old', absent)];
    expect(together(all)).toEqual({
      upstreams: {
        state: 'Read',
        items: [
          { ...upstream(ips(1), { id: '1' }), gateway: 'edge' },
          { ...upstream(ips(1), { id: '2' }), gateway: 'tiny' },
        ],
        resourceVersion: '',
        source: 'pod a, pod b',
      },
      replicas: absent,
      gateways: [
        { name: 'edge', source: 'pod a' },
        { name: 'tiny', source: 'pod b' },
      ],
    });
  });

  test('keeps why one could not be read beside what the other told', () => {
    const all = together([told('edge', has('1', 'pod a')), told('tiny', refuses('pod b', 'no key'))]);
    expect(all.upstreams).toMatchObject({ state: 'Read', source: 'pod a', items: [{ id: '1' }] });
    expect(all.gateways).toEqual([
      { name: 'edge', source: 'pod a' },
      { name: 'tiny', source: 'pod b', reason: 'no key' },
    ]);
  });

  test('is Unread for every reason where none could be read', () => {
    const all = [told('edge', refuses('pod a', 'no key')), told('tiny', refuses('pod b', 'no answer'))];
    expect(together(all).upstreams).toEqual({
      state: 'Unread',
      reason: 'no key; no answer',
      source: 'pod a, pod b',
    });
  });

  test('is nothing where there is no gateway', () => {
    const nothing = { upstreams: absent, replicas: absent };
    expect(together([])).toEqual(nothing);
    expect(together([told('edge', absent), told('tiny', absent)])).toEqual(nothing);
    expect(Object.keys(together([]))).not.toContain('gateways');
  });

  test('has the pods of all of them', () => {
    const pods = (name: string): Partial<GatewayTold> => ({
      replicas: { state: 'Read', items: [replica(name, ips(1))], resourceVersion: '', source: name },
    });
    const all = together([told('edge', has('1', 'a'), pods('x')), told('tiny', has('2', 'b'), pods('y'))]);
    expect(all.replicas).toMatchObject({ items: [{ name: 'gw/x' }, { name: 'gw/y' }], source: 'x, y' });
  });
});

test('the only gateway that could not be read says so', () => {
  const upstreams = refuses('pod b', 'no key');
  expect(together([told('tiny', upstreams)])).toEqual({ upstreams, replicas: absent });
});

describe('a gateway that has nothing to be asked for', () => {
  const spare = told('spare', refuses('pod b', 'no admin API'), { dispensable: 'it has no admin API' });
  const edge = told('edge', has('1', 'pod a'));

  test('is left out where another one told something', () => {
    expect(judgedOf([spare, edge])).toEqual([edge]);
  });

  test('is all there is where no other one could be read', () => {
    const silent = told('edge', refuses('pod a', 'no answer'));
    expect(judgedOf([spare, silent])).toEqual([spare, silent]);
  });
});
