import { EpsError } from '../core/error.ts';
import { escapeText } from '../views/escape.ts';

const reportTo = 'https://github.com/kubectl-eps/kubectl-eps/issues';

/** Lines and tabs are ours; no other control character of a message may drive the terminal. */
function escapeLines(text: string): string {
  return text.replace(/[^\n\t]+/g, (piece) => escapeText(piece));
}

/** What stderr says of a failure: the error and its hint, or for a bug its stack and where to report it. */
export function describeFailure(error: unknown): string {
  if (error instanceof EpsError) {
    const prefix = error.verbatim ? '' : 'error: ';
    const hint = error.hint === undefined ? '' : `hint: ${error.hint}\n`;
    return escapeLines(`${prefix}${error.message}\n${hint}`);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return escapeLines(`error: this is a bug in kubectl eps, please report it at ${reportTo}\n${stack}\n`);
}
