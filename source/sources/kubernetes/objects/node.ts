import { asText, optional } from '../../../core/door.ts';
import type { Node } from '../../../core/kubernetes.ts';
import { labelsOf, partsOf } from './meta.ts';

/** A v1 Node: its name and the zone its well-known label puts it in. */
export function parseNode(value: unknown): Node {
  const { metadata } = partsOf(value);
  return {
    name: asText(metadata['name']),
    ...optional('zone', asText(labelsOf(metadata)['topology.kubernetes.io/zone'])),
  };
}
