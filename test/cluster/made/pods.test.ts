import { expect, test } from 'vitest';
import { diff, drift, onPort, synced, told } from '../eps.ts';
import { namespace, sharedPlane } from '../fixtures.ts';
import { kubectlStates } from '../kubectl-view.ts';
import { service } from '../services.ts';
import { settledHttpbin } from '../settled.ts';
import { eventually } from '../wait.ts';
import { holdTerminating, pod, podAt, podIps, release, setConditions, setIp } from './pods.ts';

const plane = sharedPlane();

const all = (ips: readonly string[], state: string) => ips.map((ip) => `${ip} ${state}`).sort();

/** Until kubectl shows exactly these states. */
async function untilStates(
  own: string,
  slices: readonly string[],
  endpoints: readonly string[],
): Promise<void> {
  const wanted = JSON.stringify({ slices: [...slices].sort(), endpoints: [...endpoints].sort() });
  await eventually(wanted, async () => JSON.stringify(await kubectlStates(plane, own)) === wanted);
}

test('pods whose readiness gate is not met are told of, missed nowhere, and forgotten once it is met', async () => {
  const own = await namespace(plane);
  const gate = 'example.com/registered';
  const spec = { readinessGates: [{ conditionType: gate }] };
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 3, pod: spec });
  const meet = async (is: boolean) => {
    for (const name of (await podIps(plane, own)).keys()) {
      await setConditions(plane, { namespace: own, name }, { [gate]: is, Ready: is });
    }
    const states = all(readyPods, is ? 'ready' : 'not ready');
    await untilStates(own, states, states);
  };

  await meet(false);
  expect(await told(['httpbin', '-n', own])).toEqual(synced(['Info', 'PodNotReady', onPort(80, readyPods)]));
  await meet(true);
  expect(await told(['httpbin', '-n', own])).toEqual(synced());
});

test('terminating pods that a finalizer holds are told of, in the slices alone', async () => {
  const own = await namespace(plane);
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 4 });
  const [a = '', b = ''] = readyPods;
  const dying = await Promise.all([podAt(plane, own, a), podAt(plane, own, b)]);
  for (const name of dying) await holdTerminating(plane, { namespace: own, name });
  const ready = await eventually('two pods in their place', async () => {
    const others = [...(await podIps(plane, own)).values()].filter((ip) => ![a, b, ''].includes(ip));
    return others.length === 4 && others;
  });
  const readyStates = all(ready, 'ready');
  await untilStates(own, [...readyStates, ...all([a, b], 'terminating')], readyStates);

  expect(await told(['httpbin', '-n', own])).toEqual(
    synced(['Info', 'TerminatingEndpoint', onPort(80, [a, b])]),
  );
  for (const name of dying) await release(plane, { namespace: own, name });
  await untilStates(own, readyStates, readyStates);
  expect(await told(['httpbin', '-n', own])).toEqual(synced());
});

test('a Service that publishes pods that are not ready has them, and terminating ones, everywhere', async () => {
  const own = await namespace(plane);
  const spec = { publishNotReadyAddresses: true };
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 3, service: spec });
  const [cold = '', dying = ''] = readyPods;
  await setConditions(plane, { namespace: own, name: await podAt(plane, own, cold) }, { Ready: false });
  await holdTerminating(plane, { namespace: own, name: await podAt(plane, own, dying) });
  const published = await eventually('a pod in the place of the dying one', async () => {
    const ips = [...(await podIps(plane, own)).values()];
    return ips.length === 4 && !ips.includes('') && all(ips, 'ready');
  });
  await untilStates(own, published, published);

  expect(await told(['httpbin', '-n', own])).toEqual(
    synced(['Info', 'PublishesNotReady', onPort(80, [cold, dying])]),
  );
});

test('an IP that two pods have is found, with both pods, also while one of them terminates', async () => {
  const own = await namespace(plane);
  const { readyPods } = await settledHttpbin(plane, { namespace: own, replicas: 2 });
  const [old = '', given = ''] = readyPods;
  const [first, second] = [await podAt(plane, own, old), await podAt(plane, own, given)];
  await setIp(plane, { namespace: own, name: second }, old);
  await eventually('the slices to hold it twice', async () => {
    const { slices, endpoints } = await kubectlStates(plane, own);
    return slices.join() === `${old} ready,${old} ready` && !endpoints.includes(`${given} ready`);
  });
  const expected = drift(['Warning', 'AddressReused', [`${old}:80`]]);
  expect(await told(['httpbin', '-n', own])).toEqual(expected);
  const { report } = await diff(['httpbin', '-n', own]);
  expect(report.findings[0]?.pods).toEqual([first, second].sort());

  await holdTerminating(plane, { namespace: own, name: first });
  await eventually('the slices to hold the terminating one beside it', async () => {
    const { slices } = await kubectlStates(plane, own);
    return slices.length === 3 && slices.includes(`${old} ready`) && slices.includes(`${old} terminating`);
  });
  expect(await told(['httpbin', '-n', own])).toEqual(expected);
});

test('a named port is looked up pod by pod, and a pod without it is named', async () => {
  const own = await namespace(plane);
  const named = (name: string, port: string, containerPort: number) =>
    pod({ namespace: own, name, ports: [{ name: port, containerPort }] });
  const ports = [{ name: 'http', port: 80, targetPort: 'web' }];
  await plane.apply([
    named('old', 'web', 8080),
    named('new', 'web', 9090),
    named('lost', 'http', 8080),
    service({ namespace: own, name: 'httpbin', spec: { selector: { app: 'httpbin-deployment' }, ports } }),
  ]);
  await plane.output(['wait', '--for=condition=Ready', 'pods', '--all', '-n', own, '--timeout=60s']);
  const ips = await podIps(plane, own);
  const at = (name: string) => ips.get(name) ?? '';
  await untilStates(own, all([...ips.values()], 'ready'), all([at('old'), at('new')], 'ready'));

  expect(await told(['httpbin', '-n', own])).toEqual(drift(['Warning', 'PortMissing', []]));
  const { report } = await diff(['httpbin', '-n', own]);
  expect(report.findings).toMatchObject([{ port: 'http', pods: ['lost'] }]);
  expect(report.addresses.map(({ address }) => address).sort()).toEqual(
    [`${at('old')}:8080`, `${at('new')}:9090`].sort(),
  );
});
