import type { AddressState, LayerName, Severity } from '../../core/report.ts';
import type { Tone } from './text.ts';

/** What the screen calls a layer. */
export const layerTitles: Readonly<Record<LayerName, string>> = {
  Pods: 'Pods',
  EndpointSlices: 'Slices',
  Endpoints: 'Endpoints',
  Upstream: 'APISIX',
  Runtime: 'Runtime',
  HealthCheck: 'Health',
};

export const stateWords: Readonly<Record<AddressState, string>> = {
  Ready: 'ready',
  NotReady: 'not ready',
  Terminating: 'terminating',
  Present: 'present',
  Absent: 'missing',
  Unread: 'unread',
};

export const stateTones: Readonly<Record<AddressState, Tone>> = {
  Ready: 'good',
  NotReady: 'warning',
  Terminating: 'quiet',
  Present: 'good',
  Absent: 'error',
  Unread: 'warning',
};

export const severityTones: Readonly<Record<Severity, Tone>> = {
  Error: 'error',
  Warning: 'warning',
  Info: 'quiet',
};
