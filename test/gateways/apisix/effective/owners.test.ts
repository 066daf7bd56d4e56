import { describe, expect, test } from 'vitest';
import { idOfName } from '../../../../source/gateways/apisix/name.ts';
import { upstreamsOf } from '../../../../source/gateways/apisix/upstreams.ts';
import { service } from '../../../helpers/snapshot.ts';

const route = (name: string, ...serviceNames: readonly string[]) => ({
  kind: 'ApisixRoute' as const,
  namespace: 'shop',
  name,
  uid: name,
  resourceVersion: '1',
  rules: serviceNames.map((serviceName, index) => ({
    name: `rule${index}`,
    backends: [{ serviceName, servicePort: 'http' }],
  })),
});
const known = { services: [service()], routes: [route('r', 'other', 'web')] };

const item = (id: string, name: string) => ({ resource: 'upstreams', id, value: { name } });

function ownerOf(id: string, name: string): string | undefined {
  const [resolved] = upstreamsOf([item(id, name)], known);
  return (
    resolved?.service && `${resolved.service.namespace}/${resolved.service.name}:${resolved.service.port}`
  );
}

describe('an upstream belongs to the Service port', () => {
  test('that its name spells, whatever its id', () => {
    expect(ownerOf(idOfName('shop_web_80'), 'shop_web_80')).toBe('shop/web:80');
    expect(ownerOf('handmade', 'shop_web_80')).toBe('shop/web:80');
  });

  test('whose name gives its id, when it has no name', () => {
    expect(ownerOf(idOfName('shop_web_80'), '')).toBe('shop/web:80');
  });

  test('of the route rule that it is named after, as controller 2.x does', () => {
    expect(ownerOf(idOfName('shop_r_1'), 'shop_r_1')).toBe('shop/web:80');
  });

  test('and to none when the name says something else, even under the right id', () => {
    expect(ownerOf(idOfName('shop_web_80'), 'somebody-else')).toBeUndefined();
  });
});

test('of two upstreams with one name the one with the id of the controller belongs', () => {
  const real = idOfName('shop_web_80');
  const items = ['handmade', real].map((id) => item(id, 'shop_web_80'));
  const owners = upstreamsOf(items, known).map((one) => [one.id, one.service !== undefined]);
  expect(owners).toEqual([
    ['handmade', false],
    [real, true],
  ]);
});
