import type { LayerName, LayerSummary } from './report.ts';
import type { Layer } from './snapshot.ts';

export type Counts = Pick<LayerSummary, 'objects' | 'addresses' | 'ready' | 'healthy'>;

/** A layer as it was read; its numbers are asked for only then. */
export function summary(name: LayerName, layer: Layer<unknown>, counts: () => Counts): LayerSummary {
  switch (layer.state) {
    case 'Absent':
      return { name, state: 'Absent' };
    case 'Unread':
      return { name, state: 'Unread', reason: layer.reason, source: layer.source };
    case 'Read':
      return {
        name,
        state: 'Read',
        ...counts(),
        ...(layer.resourceVersion !== '' && { resourceVersion: layer.resourceVersion }),
        ...(layer.source !== '' && { source: layer.source }),
      };
  }
}
