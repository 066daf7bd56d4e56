import { asArray, asRecord, asText, optional } from '../../../core/door.ts';
import type { Node } from '../../../core/kubernetes.ts';
import { labelsOf, partsOf } from './meta.ts';

/** A v1 Node: its name, whether it is ready, and the zone its well-known label puts it in. */
export function parseNode(value: unknown): Node {
  const { metadata, status } = partsOf(value);
  const ready = asArray(status['conditions'])
    .map(asRecord)
    .find(({ type }) => type === 'Ready');
  return {
    name: asText(metadata['name']),
    ready: ready === undefined || ready['status'] === 'True',
    ...optional('zone', asText(labelsOf(metadata)['topology.kubernetes.io/zone'])),
  };
}
