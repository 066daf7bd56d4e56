import { judge } from '../../source/core/judge.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import type { Moment } from '../../source/commands/reader.ts';
import type { World } from '../../source/views/ui/model.ts';
import { service, snapshotOf } from '../generated.ts';

export function worldOf(rows: number): World {
  const snapshot = snapshotOf(rows);
  const scopeOf = indexScopes(snapshot);
  const services = judge(snapshot, [service], scopeOf).map((report) => ({ service, report }));
  return { services, scopeOf, freshness: [] };
}

/** The same a moment later: some pods, others each time, have lost or found their readiness. */
export function changed(snapshot: Snapshot, round: number, changes: number): Snapshot {
  const pods = [...itemsOf(snapshot.pods)];
  for (let count = 0; count < changes; count += 1) {
    const index = (round * changes + count) % pods.length;
    const pod = pods[index];
    if (pod) pods[index] = { ...pod, ready: !pod.ready, resourceVersion: `${round}` };
  }
  const takenAt = new Date(Date.parse(snapshot.takenAt) + 100).toISOString();
  return { ...snapshot, takenAt, pods: { state: 'Read', items: pods, resourceVersion: '', source: 'bench' } };
}

/** Pods that change from one moment to the next. */
const changesInOne = 20;

/** Moments as the watch loop gives them: ten a second, the newest to whom takes longer. */
async function* moments(
  first: Snapshot,
  after: (snapshot: Snapshot, round: number) => Snapshot,
  signal: AbortSignal,
): AsyncGenerator<Moment> {
  let snapshot = first;
  for (let round = 1; !signal.aborted; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    snapshot = after(snapshot, round);
    yield { snapshot, services: [service], freshness: [] };
  }
}

/** Pods lose and find their readiness. */
export function churn(rows: number, signal: AbortSignal): AsyncGenerator<Moment> {
  return moments(snapshotOf(rows), (snapshot, round) => changed(snapshot, round, changesInOne), signal);
}

/** The oldest pods go and others come, in slices at once. */
export function rollout(rows: number, signal: AbortSignal): AsyncGenerator<Moment> {
  return moments(snapshotOf(rows), (_, round) => snapshotOf(rows, round * changesInOne), signal);
}
