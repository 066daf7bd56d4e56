import type { Fixture } from '../../helpers/finding-fixture.ts';
import { agreed } from '../../helpers/judging.ts';
import { backend, route } from '../../helpers/objects.ts';
import { read } from '../../helpers/snapshot.ts';

const routed = (...routes: readonly ReturnType<typeof route>[]) => ({
  ...agreed,
  apisixRoutes: read(routes),
});

export const fixture: Fixture = {
  appears: [
    {
      title: 'a rule shares its requests out over two Services',
      given: routed(route([backend('web'), backend('web-canary')])),
      says: [{ severity: 'Info', layer: 'Upstream', addresses: [] }],
    },
  ],
  nearMisses: [
    {
      title: 'two rules have one Service each',
      given: routed(route([backend('web')], [backend('web-canary')])),
    },
    {
      title: 'a rule shares out over other Services, beside one for this',
      given: routed(route([backend('web')], [backend('api'), backend('api-canary')])),
    },
    {
      title: 'a rule shares out over two subsets of this Service: it gets every request',
      given: routed(route([backend('web'), backend('web')])),
    },
    {
      title: 'the route of another namespace means the Service there',
      given: routed({ ...route([backend('web'), backend('web-canary')]), namespace: 'other' }),
    },
  ],
};
