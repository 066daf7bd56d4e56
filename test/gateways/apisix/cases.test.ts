import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatAddress } from '../../../source/core/address.ts';
import type { Upstream } from '../../../source/core/snapshot.ts';
import { parseJson } from '../../../source/core/door.ts';
import { parseControl } from '../../../source/gateways/apisix/control/answer.ts';
import { parseWorkerUpstream } from '../../../source/gateways/apisix/control/runtime-upstream.ts';
import { upstreamsOf } from '../../../source/gateways/apisix/upstreams.ts';
import { caseNames } from '../../helpers/cases.ts';
import { itemsIn } from '../../helpers/ingress-controller.ts';

const cases = new URL('../../fixtures/cases/', import.meta.url);
const resources = ['upstreams', 'services'];
const spelled = ({ id, nodes }: Pick<Upstream, 'id' | 'nodes'>) =>
  nodes.state === 'Read' ? [`${id} ${nodes.items.map(formatAddress).sort().join(' ')}`] : [];

const told = caseNames.filter((name) => existsSync(new URL(`${name}/control-upstreams.json`, cases)));

test('every recorded cluster whose admin API lets us in has a control API', () => {
  expect(caseNames.filter((name) => !told.includes(name))).toEqual(['admin-401']);
});

test.each(told)('the workers of %s use what they are configured with', (name) => {
  const text = (file: string) => readFileSync(new URL(`${name}/${file}.json`, cases), 'utf8');
  const workers = resources.flatMap((resource) => {
    const answer = parseControl({ status: 200, text: text(`control-${resource}`) }, 'pod gw/apisix-0');
    return answer.kind === 'Items' ? answer.items.flatMap((item) => parseWorkerUpstream(item) ?? []) : [];
  });
  const items = resources.flatMap((resource) => itemsIn(parseJson(text(resource))));
  const configured = upstreamsOf(items, { services: [], routes: [] });
  expect(workers.flatMap(({ upstream }) => spelled(upstream)).sort()).toEqual(
    configured.flatMap(spelled).sort(),
  );
});
