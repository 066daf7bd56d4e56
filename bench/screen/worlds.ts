import { judge } from '../../source/core/judge.ts';
import { indexScopes } from '../../source/core/scope.ts';
import { itemsOf, type Snapshot } from '../../source/core/snapshot.ts';
import type { Moment } from '../../source/commands/reader.ts';
import type { World } from '../../source/views/ui/model.ts';
import { service, snapshotOf } from '../generated.ts';

export function worldOf(rows: number): World {
  const snapshot = snapshotOf(rows);
  const services = judge(snapshot, [service]).map((report) => ({ service, report }));
  return { services, scopeOf: indexScopes(snapshot), freshness: [] };
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

/** Moments as the watch loop gives them: ten a second, the newest to whom takes longer. */
export async function* churn(rows: number, signal: AbortSignal): AsyncGenerator<Moment> {
  const changesInOne = 20;
  let snapshot = snapshotOf(rows);
  for (let round = 0; !signal.aborted; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    snapshot = changed(snapshot, round, changesInOne);
    yield { snapshot, services: [service], freshness: [] };
  }
}
