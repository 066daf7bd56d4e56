import { formatAddress } from '../address.ts';
import type { Join, Row } from '../join.ts';
import type { EndpointSlice } from '../kubernetes.ts';
import { observeSlices } from '../observed.ts';

/** The rows of what some slices hold. */
export function rowsOfSlices({ scope, rows }: Join, slices: readonly EndpointSlice[]): readonly Row[] {
  const held = new Set(
    observeSlices(scope, slices).map(({ port, address }) => `${port} ${formatAddress(address)}`),
  );
  return rows.filter(({ port, text }) => held.has(`${port} ${text}`));
}

/** `web-abc12, web-def34`, for messages. */
export function namesOf(slices: readonly EndpointSlice[]): string {
  return slices.map(({ name }) => name).join(', ');
}
