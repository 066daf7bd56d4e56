import { parseJson } from '../../../core/door.ts';
import { EpsError } from '../../../core/error.ts';
import type { Reading, Resource, Wanted } from '../admin.ts';
import { parseAnswer, type ApisixItem } from '../answer.ts';
import type { Transport } from '../transport.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** One object, or all of a kind: `0` is the character after `/`. */
function questions(resource: Resource, wanted: Wanted): readonly string[] {
  const prefix = `/apisix/${resource}`;
  return wanted.kind === 'all'
    ? [JSON.stringify({ key: base64(`${prefix}/`), range_end: base64(`${prefix}0`) })]
    : wanted.ids.map((id) => JSON.stringify({ key: base64(`${prefix}/${id}`) }));
}

/** Objects out of an etcd, or out of the ingress controller 1.7 and 1.8 that serves like one. */
export async function readEtcd(transport: Transport, resource: Resource, wanted: Wanted): Promise<Reading> {
  const items: ApisixItem[] = [];
  try {
    for (const question of questions(resource, wanted)) {
      const { status, text } = await transport.range(question);
      const answer = status === 200 ? parseAnswer(parseJson(text)) : undefined;
      if (answer?.kind !== 'items') {
        return {
          state: 'Unread',
          reason: `no etcd answers at ${transport.source} (${status})`,
          isNoAdmin: true,
        };
      }
      items.push(...answer.items);
    }
    return { state: 'Read', items };
  } catch (error) {
    if (!(error instanceof EpsError)) throw error;
    return { state: 'Unread', reason: error.message };
  }
}
