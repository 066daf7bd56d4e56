import { mirroringController, sliceController, type EndpointSlice } from '../kubernetes.ts';
import { hasSelector, type Scope } from '../scope.ts';
import { itemsOf } from '../snapshot.ts';

/** Of a Service that is only a name nobody reads slices. */
const slicesRead = ({ service, endpointSlices }: Scope): readonly EndpointSlice[] =>
  service.type === 'ExternalName' ? [] : itemsOf(endpointSlices);

/** Mirrors at a Service that has a selector, where the mirroring controller keeps none. */
export function orphanedMirrors(scope: Scope): readonly EndpointSlice[] {
  if (!hasSelector(scope.service)) return [];
  return slicesRead(scope).filter(({ managedBy }) => managedBy === mirroringController);
}

/** Slices from when a Service had a selector. */
export function leftovers(scope: Scope): readonly EndpointSlice[] {
  if (hasSelector(scope.service)) return [];
  return slicesRead(scope).filter(({ managedBy }) => managedBy === sliceController);
}

/** Slices of an earlier Service of the same name. Where a uid is not known nobody can tell. */
export function ofAnotherService(scope: Scope): readonly EndpointSlice[] {
  const { uid } = scope.service;
  return slicesRead(scope).filter(
    ({ owner }) => owner?.kind === 'Service' && owner.uid !== '' && uid !== '' && owner.uid !== uid,
  );
}

/** Slices that are being deleted and held back. */
export function heldBack(scope: Scope): readonly EndpointSlice[] {
  return slicesRead(scope).filter(({ terminating }) => terminating);
}

/** The slices that are kept up to date: what a stray one repeats or contradicts has its cause in the stray. */
export function keptSlices(scope: Scope): readonly EndpointSlice[] {
  const strays = new Set([orphanedMirrors, leftovers, ofAnotherService, heldBack].flatMap((of) => of(scope)));
  return slicesRead(scope).filter((slice) => !strays.has(slice));
}
