import { asRecord, asText, isRecord, parseJson, type UnknownRecord } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import { controlApi } from '../failure.ts';
import type { Answer } from '../send.ts';
import type { Transport } from '../transport.ts';

/** What one worker told: an object or a list of them, that it has no such object, or nothing that can be used. */
export type ControlAnswer =
  | { readonly kind: 'Items'; readonly items: readonly UnknownRecord[] }
  | { readonly kind: 'Missing' }
  | { readonly kind: 'Error'; readonly reason: string };

function error(reason: string): ControlAnswer {
  return { kind: 'Error', reason: `${controlApi} ${reason}` };
}

/**
 * By shape: an error page may come with 200. Nothing at all (`{}`, an empty body) is what a pod says that has no
 * configuration yet, so it is never taken for an empty list.
 */
export function parseControl({ status, text }: Answer, source: string): ControlAnswer {
  const json = parseJson(text);
  if (Array.isArray(json)) return { kind: 'Items', items: json.filter(isRecord) };
  const message = asText(asRecord(json)['error_msg']);
  if (status === 404 && /not found|^no checker/.test(message)) return { kind: 'Missing' };
  if (message !== '') return error(`answered: ${message} (${status})`);
  if (status >= 500) return error(`failed (${status})`);
  if (text.trim() === '' || (isRecord(json) && Object.keys(json).length === 0)) {
    return error(`told nothing (${status}): the pod may have started without its configuration`);
  }
  if (isRecord(json)) return { kind: 'Items', items: [json] };
  if (text.trimStart().startsWith('<'))
    return error(`answered with HTML, not JSON (${status}): is ${source} the control API?`);
  return error(`answered with something that is no whole JSON (${status})`);
}

/** Asks one worker, whichever takes the connection. */
async function askWorker(transport: Transport, path: string): Promise<ControlAnswer> {
  try {
    return parseControl(await transport.get(path, undefined), transport.source);
  } catch (cause) {
    if (!(cause instanceof EpsError)) throw cause;
    return { kind: 'Error', reason: cause.message };
  }
}

/** An answer is one worker's: the same is asked so many times, as long as `isEnough` does not say otherwise. */
export async function askWorkers(
  transport: Transport,
  path: string,
  {
    times,
    isEnough = () => false,
  }: { times: number; isEnough?: (answers: readonly ControlAnswer[]) => boolean },
): Promise<readonly ControlAnswer[]> {
  const answers: ControlAnswer[] = [];
  while (answers.length < times && !isEnough(answers)) {
    const answer = await askWorker(transport, path);
    answers.push(answer);
    // What fails is about the API, not about the worker.
    if (answer.kind === 'Error') break;
  }
  return answers;
}
