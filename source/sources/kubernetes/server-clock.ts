import { asRecord, asText, optional } from '../../core/door.ts';
import type { Cluster } from './connection.ts';
import { parseJsonValues } from '../text/json.ts';

export type ServerFacts = {
  /** `gitVersion`; absent when the server does not tell. */
  readonly version?: string;
  /** ms by which `now` is ahead of the server's clock, known to the second; absent when the server does not tell. */
  readonly clockAheadMs?: number;
};

/** How far our clock was off all the time from asking to answer; 0 where it may have been right. A Date header names a second. */
function aheadMs(asked: number, answered: number, date: string): number | undefined {
  const server = Date.parse(date);
  if (Number.isNaN(server)) return undefined;
  if (answered < server) return answered - server;
  return Math.max(0, asked - (server + 1000));
}

/** The API server's version, and its clock beside ours; throws when the server does not answer. */
export async function readServer({ answer }: Pick<Cluster, 'answer'>, now: () => Date): Promise<ServerFacts> {
  const asked = now().getTime();
  const { body, date } = await answer('/version');
  const json = parseJsonValues(body.toString('utf8'));
  const version = json.state === 'Values' ? asText(asRecord(json.values[0])['gitVersion']) : '';
  return {
    ...optional('version', version),
    ...optional('clockAheadMs', aheadMs(asked, now().getTime(), date)),
  };
}
