import { describe, expect, test } from 'vitest';
import { listedFindings } from '../../source/core/listed-findings.ts';
import { fixtureFindings } from '../helpers/finding-fixture.ts';
import { diff, env } from './eps.ts';
import { namespace, sharedPlane } from './fixtures.ts';
import { execute } from './plane/execute.ts';
import { settledHttpbin } from './settled.ts';
import { eventually } from './wait.ts';

const plane = sharedPlane();
const hints = [...new Set((await fixtureFindings()).map(({ hint }) => hint))].sort();
/** What is in capitals must be filled in. */
const commands = [
  ...new Set(
    listedFindings.flatMap(({ page }) =>
      page.commands.map((line) => line.replaceAll(/\b[A-Z_]{2,}\b/g, 'web')),
    ),
  ),
].sort();

/** The objects are not in this cluster, and a `grep` that finds nothing says nothing: the command is none the worse. */
const absent =
  /^$|NotFound|No resources found|not found|doesn't have a resource type "(apisix|httproute)|no APISIX|APISIX .* (cannot|could not)/;

describe('a command that kubectl understands is', () => {
  test.each([...hints, ...commands])('%s', async (command) => {
    const { code, stderr } = await execute('bash', ['-c', command], { env });
    expect(stderr).not.toMatch(/unknown (flag|command|shorthand)|--help' for usage|error parsing|invalid/i);
    if (code !== 0) expect(stderr).toMatch(absent);
  });
});

test('the hint of ReadinessSplit makes the endpoints controller mend what it missed', async () => {
  const own = await namespace(plane);
  await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const split = [
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'httpbin', namespace: own },
      subsets: await hidden(own),
    },
  ];
  await plane.apply(split);
  const [finding] = await eventually('the split', async () => {
    const { report } = await diff(['httpbin', '-n', own]);
    return report.findings.some(({ code }) => code === 'ReadinessSplit') && report.findings;
  });
  expect(finding).toMatchObject({ code: 'ReadinessSplit', count: 2 });
  const { code } = await execute('bash', ['-c', finding?.hint ?? ''], { env });
  expect(code).toBe(0);
  await eventually('Synced', async () => (await diff(['httpbin', '-n', own])).report.status === 'Synced');
});

type Subset = { readonly addresses: readonly object[]; readonly ports: readonly object[] };

/** The subsets of httpbin with every address among those that are not ready. */
async function hidden(own: string): Promise<readonly object[]> {
  const text = await plane.output(['get', 'endpoints', 'httpbin', '-n', own, '-o', 'json']);
  const { subsets } = JSON.parse(text) as { readonly subsets: readonly Subset[] };
  return subsets.map(({ addresses, ports }) => ({ notReadyAddresses: addresses, ports }));
}
