import { compareText } from '../address.ts';
import { layerNames, type LayerName, type Severity } from '../report.ts';

type Ordered = {
  readonly severity: Severity;
  readonly layer: LayerName | 'Service';
  readonly code: string;
  readonly port?: string;
  readonly gateway?: string;
};

const severities: Readonly<Record<Severity, number>> = { Error: 0, Warning: 1, Info: 2 };
const layers = ['Service', ...layerNames];

/** The worst first, then as truth travels; the order of reports and of lists of findings. */
export function compareFindings(a: Ordered, b: Ordered): number {
  return (
    severities[a.severity] - severities[b.severity] ||
    layers.indexOf(a.layer) - layers.indexOf(b.layer) ||
    compareText(a.code, b.code) ||
    compareText(a.port ?? '', b.port ?? '') ||
    compareText(a.gateway ?? '', b.gateway ?? '')
  );
}
