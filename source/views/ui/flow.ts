import type { LayerName, LayerSummary, ServiceReport } from '../../core/report.ts';
import { lineWidth, type Line, type Span } from './text.ts';
import { layerTitles } from './words.ts';

/** `2000`, or `1990/2000` when not all are ready, or healthy. */
function counts({ addresses = 0, ready = addresses, healthy = ready }: LayerSummary): string {
  return healthy === addresses ? `${addresses}` : `${healthy}/${addresses}`;
}

function extent(layer: LayerSummary): string {
  const suffixes: Readonly<Record<LayerName, string>> = {
    Pods: ' ready',
    EndpointSlices: ` in ${layer.objects ?? 0}`,
    Endpoints: '',
    Upstream: '',
    Runtime: layer.objects === 1 ? ' in 1 pod' : ` in ${layer.objects ?? 0} pods`,
    HealthCheck: ' healthy',
  };
  return `${counts(layer)}${suffixes[layer.name]}`;
}

/** Codes of which the numbers alone would look like a whole layer. */
const cutting = new Set(['EndpointsTruncated', 'UpstreamCutByEndpoints']);

function layerSpan(layer: LayerSummary, report: ServiceReport, isShort: boolean): Span {
  const title = layerTitles[layer.name];
  switch (layer.state) {
    case 'Unread':
      return { text: `${title} UNREAD`, tone: 'warning' };
    case 'Absent':
      return { text: `${title} absent`, tone: 'quiet' };
    case 'Read': {
      const text = `${title} ${isShort ? counts(layer) : extent(layer)}`;
      const drift = report.findings.filter(
        (found) => found.layer === layer.name && found.severity !== 'Info',
      );
      if (drift.length === 0) return { text, tone: 'good' };
      const word = drift.some(({ code }) => cutting.has(code)) ? 'CUT' : 'DRIFT';
      return {
        text: `${text} ${word}`,
        tone: drift.some(({ severity }) => severity === 'Error') ? 'error' : 'warning',
      };
    }
  }
}

function joined(report: ServiceReport, arrow: string, isShort: boolean): Line {
  return report.layers
    .map((layer) => layerSpan(layer, report, isShort))
    .flatMap((layer, index): Line => (index === 0 ? [layer] : [{ text: arrow, tone: 'quiet' }, layer]));
}

/** The layers in the order in which truth travels, with what each holds, in the longest form that fits. */
export function flowLine(report: ServiceReport, width: number): Line {
  const shortest = joined(report, ' > ', true);
  const forms = [joined(report, '  ->  ', false), joined(report, ' -> ', false)];
  return forms.find((line) => lineWidth(line) <= width) ?? shortest;
}
