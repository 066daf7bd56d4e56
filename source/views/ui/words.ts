import type { AddressState, LayerName, Severity, Status } from '../../core/report.ts';
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

/** The keys that sort by a layer. */
export const layerLetters: Readonly<Record<LayerName, string>> = {
  Pods: 'O',
  EndpointSlices: 'S',
  Endpoints: 'E',
  Upstream: 'U',
  Runtime: 'R',
  HealthCheck: 'H',
};

/** Stands where a value is not known, as in kubectl's tables. */
export const none = '<none>';

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

export const statusTones: Readonly<Record<Status, Tone>> = {
  Synced: 'good',
  Drift: 'error',
  Unknown: 'warning',
};
