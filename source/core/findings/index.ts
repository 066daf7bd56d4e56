import { addressReused } from './address-reused.ts';
import { badServiceName } from './bad-service-name.ts';
import { confVersionRejected } from './conf-version-rejected.ts';
import { contradictoryReadiness } from './contradictory-readiness.ts';
import { dataPlaneBehind } from './data-plane-behind.ts';
import { discoveryDeadKey } from './discovery-dead-key.ts';
import { discoveryOptionIgnored } from './discovery-option-ignored.ts';
import { duplicateAddress } from './duplicate-address.ts';
import { duplicateNode } from './duplicate-node.ts';
import { endpointsFrozen } from './endpoints-frozen.ts';
import { endpointsTruncated } from './endpoints-truncated.ts';
import { externalNameService } from './external-name-service.ts';
import { foreignSliceManager } from './foreign-slice-manager.ts';
import { headlessNoneNode } from './headless-none-node.ts';
import { headlessService } from './headless-service.ts';
import { healthCheckGhost } from './health-check-ghost.ts';
import { inlineUpstreamShadow } from './inline-upstream-shadow.ts';
import { leftoverSlice } from './leftover-slice.ts';
import { missingFromEndpoints } from './missing-from-endpoints.ts';
import { missingFromSlices } from './missing-from-slices.ts';
import { missingFromUpstream } from './missing-from-upstream.ts';
import { multiAddressEndpoint } from './multi-address-endpoint.ts';
import { nodeMissing } from './node-missing.ts';
import { nodeNotReady } from './node-not-ready.ts';
import { orphanUpstreamPort } from './orphan-upstream-port.ts';
import { orphanedMirrorSlice } from './orphaned-mirror-slice.ts';
import { ownerMismatch } from './owner-mismatch.ts';
import { podNotReady } from './pod-not-ready.ts';
import { portAmbiguous } from './port-ambiguous.ts';
import { portMissing } from './port-missing.ts';
import { publishesNotReady } from './publishes-not-ready.ts';
import { readinessSplit } from './readiness-split.ts';
import { replicaSplit } from './replica-split.ts';
import { selectorMatchesNothing } from './selector-matches-nothing.ts';
import { serviceHasNoSelector } from './service-has-no-selector.ts';
import { singleFamilyEndpoints } from './single-family-endpoints.ts';
import { sliceTerminating } from './slice-terminating.ts';
import { staleInEndpoints } from './stale-in-endpoints.ts';
import { staleInSlices } from './stale-in-slices.ts';
import { staleInUpstream } from './stale-in-upstream.ts';
import { subsetUpstream } from './subset-upstream.ts';
import { terminalPodPublished } from './terminal-pod-published.ts';
import { terminatingEndpoint } from './terminating-endpoint.ts';
import { upstreamByClusterIp } from './upstream-by-cluster-ip.ts';
import { upstreamCutByEndpoints } from './upstream-cut-by-endpoints.ts';
import { upstreamEmpty } from './upstream-empty.ts';
import { upstreamIdCollision } from './upstream-id-collision.ts';
import { upstreamNotFound } from './upstream-not-found.ts';
import { weightedSplit } from './weighted-split.ts';
import type { Finding } from './finding.ts';

/** Causes with a name, in their order of precedence, and last the plain differences that no named cause explains. */
const causes: readonly Finding[] = [
  endpointsFrozen,
  endpointsTruncated,
  nodeMissing,
  terminalPodPublished,
  ownerMismatch,
  orphanedMirrorSlice,
  leftoverSlice,
  sliceTerminating,
  foreignSliceManager,
  readinessSplit,
  inlineUpstreamShadow,
  upstreamIdCollision,
  upstreamNotFound,
  badServiceName,
  discoveryDeadKey,
  discoveryOptionIgnored,
  upstreamEmpty,
  upstreamCutByEndpoints,
  missingFromSlices,
  staleInSlices,
  missingFromEndpoints,
  staleInEndpoints,
  missingFromUpstream,
  staleInUpstream,
  confVersionRejected,
  replicaSplit,
  dataPlaneBehind,
  healthCheckGhost,
];

/** True beside any cause: they explain no difference, and none hides them. */
const besides: readonly Finding[] = [
  selectorMatchesNothing,
  portMissing,
  portAmbiguous,
  nodeNotReady,
  addressReused,
  contradictoryReadiness,
  duplicateAddress,
  multiAddressEndpoint,
  orphanUpstreamPort,
  duplicateNode,
  headlessNoneNode,
];

/** Legal differences, named so that nobody wonders. */
const legal: readonly Finding[] = [
  podNotReady,
  publishesNotReady,
  terminatingEndpoint,
  singleFamilyEndpoints,
  serviceHasNoSelector,
  externalNameService,
  headlessService,
  upstreamByClusterIp,
  subsetUpstream,
  weightedSplit,
];

/** All findings in their order of precedence: what an earlier one explains, a later one does not see. */
export const findings: readonly Finding[] = [...causes, ...besides, ...legal];
