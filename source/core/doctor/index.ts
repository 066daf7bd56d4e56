import { adminApiExposed } from './admin-api-exposed.ts';
import { controllerReadsEndpoints } from './controller-reads-endpoints.ts';
import { defaultAdminKey } from './default-admin-key.ts';
import { endpointsDeprecated } from './endpoints-deprecated.ts';
import type { DoctorFinding } from './finding.ts';
import { knownBug } from './known-bug.ts';
import { permissionDenied } from './permission-denied.ts';
import { watchEndpointSlicesMisspelt } from './watch-endpoint-slices-misspelt.ts';

/** Everything that `doctor` can find. */
export const doctorFindings: readonly DoctorFinding[] = [
  watchEndpointSlicesMisspelt,
  controllerReadsEndpoints,
  defaultAdminKey,
  adminApiExposed,
  permissionDenied,
  knownBug,
  endpointsDeprecated,
];
