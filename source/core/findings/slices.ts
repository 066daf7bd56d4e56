import { formatAddress } from '../address.ts';
import { underPorts } from '../expected.ts';
import type { Join, Row } from '../join.ts';
import type { EndpointSlice } from '../kubernetes.ts';

/** The rows of what some slices hold. */
export function rowsOfSlices({ scope, rows }: Join, slices: readonly EndpointSlice[]): readonly Row[] {
  const held = new Set(
    slices.flatMap(({ endpoints, ports }) =>
      endpoints.flatMap(({ addresses }) =>
        underPorts(addresses, ports, scope.service).map(
          ({ port, address }) => `${port} ${formatAddress(address)}`,
        ),
      ),
    ),
  );
  return rows.filter(({ port, text }) => held.has(`${port} ${text}`));
}

/** `web-abc12, web-def34`, for messages. */
export function namesOf(slices: readonly EndpointSlice[]): string {
  return slices.map(({ name }) => name).join(', ');
}
