import type { Severity, Status } from '../core/report.ts';

/** SGR codes; healthy is blue, not green, so that it stays apart from red for colour-blind eyes. */
const codes: Readonly<Record<Severity | Status, number>> = {
  Error: 31,
  Drift: 31,
  Warning: 33,
  Unknown: 33,
  Info: 36,
  Synced: 34,
};

/** Text in the colour of a verdict; the text itself says the verdict too. */
export function tone(verdict: Severity | Status, text: string, color: boolean): string {
  return color ? `\u001B[${codes[verdict]}m${text}\u001B[0m` : text;
}
