import { asRecord, asText, optional } from '../../core/door.ts';
import { EpsError } from '../../core/error.ts';
import type { Snapshot } from '../../core/snapshot.ts';
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

/** What `/version` answers with, each empty where the server does not tell. */
type Introduction = {
  /** `gitVersion`. */
  readonly version: string;
  /** The Date header. */
  readonly date: string;
};

async function introduced({ answer }: Pick<Cluster, 'answer'>): Promise<Introduction> {
  const { body, date } = await answer('/version');
  const json = parseJsonValues(body.toString('utf8'));
  const version = json.state === 'Values' ? asText(asRecord(json.values[0])['gitVersion']) : '';
  return { version, date };
}

/** The API server's version, and its clock beside ours; throws when the server does not answer. */
export async function readServer(cluster: Pick<Cluster, 'answer'>, now: () => Date): Promise<ServerFacts> {
  const asked = now().getTime();
  const { version, date } = await introduced(cluster);
  return {
    ...optional('version', version),
    ...optional('clockAheadMs', aheadMs(asked, now().getTime(), date)),
  };
}

/** What a Snapshot keeps of the API server: nothing of one that does not tell. */
export async function readServerParts(
  cluster: Pick<Cluster, 'answer'>,
): Promise<Pick<Snapshot, 'versions' | 'serverTime'>> {
  try {
    const { version, date } = await introduced(cluster);
    const time = Date.parse(date);
    return {
      versions: optional('kubernetes', version),
      ...(!Number.isNaN(time) && { serverTime: new Date(time).toISOString() }),
    };
  } catch (error) {
    if (error instanceof EpsError) return { versions: {} };
    throw error;
  }
}
