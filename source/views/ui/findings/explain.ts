import { listedFindings } from '../../../core/listed-findings.ts';
import { findingPageLines } from '../../finding-page.ts';

/** The page of `explain`, its prose in `width` columns; nothing for a code that has none. */
export function explainLines(code: string, width: number): readonly string[] {
  const finding = listedFindings.find((each) => each.code === code);
  return finding ? findingPageLines(finding, width) : [];
}
