import type { Expected } from '../expected.ts';
import type { PortState } from '../gateway-ports.ts';
import { ghosts, type ReplicaPort } from './ports.ts';
import type { AddressState } from '../report.ts';

/** One Service port in all pods of the gateway. */
export type PortInReplicas = {
  readonly state: PortState;
  readonly ports: readonly ReplicaPort[];
  /** Addresses that some pod probes and sends no requests. */
  readonly ghosts: ReadonlySet<string>;
};

/** What the pods of the gateway hold of one address; `undefined` where nothing is held of the port at all. */
export type InReplicas = {
  readonly Runtime: AddressState | undefined;
  readonly HealthCheck: AddressState | undefined;
};

export function portInReplicas(
  port: number,
  state: PortState,
  replicaPorts: readonly ReplicaPort[],
): PortInReplicas {
  const ports = replicaPorts.filter((one) => one.port === port);
  return { state, ports, ghosts: new Set(ports.flatMap(ghosts)) };
}

/**
 * Of pods, and of upstreams of one pod, the one that is wrong counts: a request may well meet it. An upstream of a
 * subset need not hold every address.
 */
function inRuntime(
  { state, ports }: PortInReplicas,
  text: string,
  expected: Expected,
): AddressState | undefined {
  if (state === 'None') return undefined;
  const isWanted = expected === 'Ready';
  const counted = isWanted ? ports.filter(({ upstream }) => upstream?.service?.subset === undefined) : ports;
  const holds = counted.flatMap(({ used }) => (used ? [used.has(text)] : []));
  if (holds.length === 0) return 'Unread';
  return (isWanted ? holds.every(Boolean) : holds.some(Boolean)) ? 'Present' : 'Absent';
}

function inHealthCheck({ state, ports }: PortInReplicas, text: string): AddressState | undefined {
  if (state === 'None') return undefined;
  const probed = ports.flatMap((port) => port.probed ?? []);
  if (probed.length === 0) return ports.length > 0 ? 'Unread' : undefined;
  if (probed.every(({ size }) => size === 0)) return undefined;
  return probed.some((texts) => texts.has(text)) ? 'Present' : 'Absent';
}

/** What the pods hold of an address, where `expected` is what they should send requests to. */
export function inReplicas(port: PortInReplicas, text: string, expected: Expected): InReplicas {
  return { Runtime: inRuntime(port, text, expected), HealthCheck: inHealthCheck(port, text) };
}

/** Nothing has to be probed, but what gets no requests should not be. */
export function expectedProbe({ ghosts: found }: PortInReplicas, text: string): Expected {
  return found.has(text) ? 'Absent' : 'Any';
}
