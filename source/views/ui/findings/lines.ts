import type { ReportFinding } from '../../../core/report.ts';
import { signs } from '../../words.ts';
import { fieldLines } from '../field-lines.ts';
import type { Line } from '../text.ts';
import { severityTones } from '../words.ts';

const sightingWords = { Confirmed: 'confirmed since ', Settling: 'settling since ' } as const;

/** What the report says of one finding. */
export function findingLines(
  { code, severity, message, hint, references, confirmation }: ReportFinding,
  width: number,
): readonly Line[] {
  return [
    [{ text: `${signs[severity]} ${code}`, tone: severityTones[severity] }],
    ...fieldLines('  what', message, width),
    ...(confirmation
      ? fieldLines('  seen', sightingWords[confirmation.state] + confirmation.since, width)
      : []),
    ...fieldLines('  do', hint, width, 'strong'),
    ...(references.length === 0 ? [] : fieldLines('  see', references.join(', '), width, 'quiet')),
  ];
}
