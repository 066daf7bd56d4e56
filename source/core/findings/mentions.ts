import { formatAddress } from '../address.ts';
import { observeEndpoints, observeSlices, type Observation } from '../observed.ts';
import type { Join, Row } from '../join.ts';
import type { Scope } from '../scope.ts';
import { keptSlices } from './stray-slices.ts';

export type Mentions = { readonly row: Row; readonly mentions: readonly Observation[] };

const observers = {
  EndpointSlices: (scope: Scope) => observeSlices(scope, keptSlices(scope)),
  Endpoints: observeEndpoints,
};

/** Rows that a layer mentions more than once, with the mentions; stray slices, which have names of their own, left out. */
export function mentionedTwice({ scope, rows }: Join, layer: keyof typeof observers): readonly Mentions[] {
  const repeated = rows.filter(({ isRepeated }) => isRepeated);
  if (repeated.length === 0) return [];
  const byKey = new Map<string, Observation[]>();
  for (const observation of observers[layer](scope)) {
    const key = `${observation.port} ${formatAddress(observation.address)}`;
    const known = byKey.get(key);
    if (known) known.push(observation);
    else byKey.set(key, [observation]);
  }
  return repeated
    .map((row) => ({ row, mentions: byKey.get(`${row.port} ${row.text}`) ?? [] }))
    .filter(({ mentions }) => mentions.length > 1);
}

/** The uids of the pods that the mentions are about; those that name none are left out. */
export function podUids(mentions: readonly Observation[]): ReadonlySet<string> {
  return new Set(
    mentions.flatMap(({ where }) => (where?.targetRef?.kind === 'Pod' ? [where.targetRef.uid] : [])),
  );
}

/** Ready by one mention and not by another: a consumer that takes the first it meets may take either. */
export function isContradictory(mentions: readonly Observation[]): boolean {
  return new Set(mentions.map(({ state }) => state === 'Ready')).size > 1;
}
