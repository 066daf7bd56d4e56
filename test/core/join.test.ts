import { expect, test } from 'vitest';
import { join } from '../../source/core/join.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { ips, read, service, slice, snapshot } from '../helpers/snapshot.ts';

const named = (name: string) => ({ name, port: 8080, protocol: 'TCP' });

test('the rows of an address stand in the order of the ports of the Service, and behind them by name those it lost', () => {
  const ports = ['web', 'metrics', 'admin'].map((name, index) => ({
    name,
    port: 80 + index,
    protocol: 'TCP',
    targetPort: 8080,
  }));
  const published = ['old-b', 'admin', 'old-a', 'web', 'metrics'].map(named);
  const own = service({ ports });
  const scopeOf = indexScopes(snapshot({ endpointSlices: read([slice(ips(2, 1), { ports: published })]) }));
  const { rows } = join(scopeOf(own));
  expect(rows.map(({ text, port }) => `${text} ${port}`)).toEqual(
    ips(1, 2).flatMap((ip) =>
      ['web', 'metrics', 'admin', 'old-a', 'old-b'].map((port) => `${ip}:8080 ${port}`),
    ),
  );
});
