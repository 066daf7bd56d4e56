import { endpointsTruncated } from './endpoints-truncated.ts';
import { externalNameService } from './external-name-service.ts';
import type { Finding } from './finding.ts';
import { missingFromEndpoints } from './missing-from-endpoints.ts';
import { missingFromSlices } from './missing-from-slices.ts';
import { missingFromUpstream } from './missing-from-upstream.ts';
import { podNotReady } from './pod-not-ready.ts';
import { serviceHasNoSelector } from './service-has-no-selector.ts';
import { staleInEndpoints } from './stale-in-endpoints.ts';
import { staleInSlices } from './stale-in-slices.ts';
import { staleInUpstream } from './stale-in-upstream.ts';
import { upstreamCutByEndpoints } from './upstream-cut-by-endpoints.ts';
import { upstreamEmpty } from './upstream-empty.ts';
import { upstreamNotFound } from './upstream-not-found.ts';

/**
 * All findings in their order of precedence: what an earlier one explains, a later one does not see.
 * Named causes come first; the plain Missing and Stale ones take what is left.
 */
export const findings: readonly Finding[] = [
  endpointsTruncated,
  upstreamNotFound,
  upstreamEmpty,
  upstreamCutByEndpoints,
  missingFromSlices,
  staleInSlices,
  missingFromEndpoints,
  staleInEndpoints,
  missingFromUpstream,
  staleInUpstream,
  podNotReady,
  serviceHasNoSelector,
  externalNameService,
];
