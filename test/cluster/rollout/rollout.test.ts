import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReportFinding, ServiceReport } from '../../../source/core/report.ts';
import { codes, onPort } from '../eps.ts';
import { sharedPlane } from '../fixtures.ts';
import { apisixRoute } from '../gateway/apisix-route.ts';
import { kubectlView } from '../kubectl-view.ts';
import { crowd, gatherCrowd, isSettled } from '../settled.ts';
import { eventually } from '../wait.ts';
import { startFollower, type Follower } from './follower.ts';
import { cutAt, unproved } from './proof.ts';
import { sampleUntil } from './sample.ts';
import { startWatchLog, type LogEvent } from './watch-log.ts';

const plane = sharedPlane();
const replicas = 2000;
const minute = 60_000;

let slices: Follower;
let endpoints: Follower;
let events: readonly LogEvent[];

const hasNodes = ({ writes }: Follower, ips: readonly string[]) => writes.at(-1)?.ips.join() === ips.join();

/** Until pods, slices, Endpoints and both upstreams agree. */
async function untilSettled(): Promise<void> {
  const isDone = async () => {
    const view = await kubectlView(plane, crowd);
    return (
      isSettled(view, replicas) && hasNodes(slices, view.readyPods) && hasNodes(endpoints, view.endpoints)
    );
  };
  await eventually('everybody to agree', isDone, { timeout: 3 * minute });
}

/** Puts a new pod in the place of each. */
async function rollOut(): Promise<void> {
  const rollingUpdate = { maxSurge: '25%', maxUnavailable: 0 };
  const patch = JSON.stringify({ spec: { strategy: { rollingUpdate } } });
  const deployment = ['deployment/httpbin-deployment', '-n', crowd];
  await plane.output(['patch', ...deployment, '-p', patch]);
  await plane.output(['rollout', 'restart', ...deployment]);
  await plane.output(['rollout', 'status', ...deployment, '--timeout=8m']);
  await untilSettled();
}

beforeAll(async () => {
  await gatherCrowd(plane, replicas);
  slices = await startFollower(plane, 'endpointslices');
  endpoints = await startFollower(plane, 'endpoints');
  await plane.apply([apisixRoute(crowd)]);
  await untilSettled();
  const log = await startWatchLog(plane, crowd);
  const over = rollOut();
  await Promise.all([sampleUntil(over, 1000, slices.sample), sampleUntil(over, 5000, endpoints.sample)]);
  events = log.events();
  await log.stop();
}, 12 * minute);

afterAll(async () => {
  for (const { gateway } of [slices, endpoints]) await gateway.stop();
});

const confirmed = ({ findings }: ServiceReport) =>
  findings.filter(({ confirmation }) => confirmation?.state === 'Confirmed');

/** The addresses of a report's finding; none without it. */
const addressesOf = ({ findings }: ServiceReport, code: string) =>
  findings.find((finding) => finding.code === code)?.addresses ?? [];

test('every sample tells to the address what Endpoints lacks, and together they saw the old pods and the new', () => {
  const samples = [...slices.samples, ...endpoints.samples];
  for (const report of samples) {
    const told = [...addressesOf(report, 'EndpointsTruncated')].sort();
    expect(told).toEqual(onPort(80, cutAt(events, report)));
  }
  const pods = samples.map(({ layers }) => layers[0]?.objects ?? 0);
  expect(Math.max(...pods)).toBeGreaterThan(replicas);
  expect(samples.length).toBeGreaterThan(10);
});

test.each([
  ['EndpointSlices', () => slices],
  ['Endpoints', () => endpoints],
])('with a controller that reads %s no drift is confirmed that the log does not prove', (_, follower) => {
  const { samples, writes, reads } = follower();
  const evidence = { events, writes, reads: reads() };
  const check = (report: ServiceReport, finding: ReportFinding) => ({
    code: finding.code,
    at: report.observedAt,
    unproved: unproved(evidence, report, finding),
  });
  const checked = samples.flatMap((report) => confirmed(report).map((finding) => check(report, finding)));
  expect(checked.filter((one) => one.unproved.length > 0)).toEqual([]);
});

test('with a controller that reads EndpointSlices the cut of Endpoints is all that is left in the end', () => {
  const last = slices.samples.at(-1);
  expect(last && { codes: codes(last), confirmed: confirmed(last).length }).toEqual({
    codes: ['EndpointsTruncated'],
    confirmed: 1,
  });
  expect(last?.layers).toMatchObject([{ ready: 2000 }, { ready: 2000 }, { ready: 1000 }, { ready: 2000 }]);
});

test('with a controller that reads Endpoints it is the cut in the gateway too, all the way', () => {
  const { samples } = endpoints;
  for (const report of samples) {
    const cut = new Set(addressesOf(report, 'EndpointsTruncated'));
    const followed = addressesOf(report, 'UpstreamCutByEndpoints');
    expect(followed.filter((address) => !cut.has(address))).toEqual([]);
    expect(followed.length).toBeGreaterThan(cut.size / 2);
  }
  const last = samples.at(-1);
  const cut = last && addressesOf(last, 'EndpointsTruncated');
  expect(cut).toHaveLength(1000);
  expect(last && codes(last)).toEqual(['EndpointsTruncated', 'UpstreamCutByEndpoints']);
  expect(last && addressesOf(last, 'UpstreamCutByEndpoints')).toEqual(cut);
});
