import { canonicalHost } from '../../../core/address.ts';
import { asArray, asNumber, asRecord, asText, isRecord, type UnknownRecord } from '../../../core/door.ts';
import type { HealthCheck, HealthCheckNode, Layer, RuntimeUpstream } from '../../../core/snapshot.ts';
import type { Transport } from '../transport.ts';
import { askWorkers, type ControlAnswer } from './answer.ts';
import { placeOf } from './runtime-upstream.ts';

const notBegun = 'its health checks have not begun: they do with the first request through the upstream';

/** 3.x tells `ip`, 2.x `host`. */
function parseNode(node: UnknownRecord): Omit<HealthCheckNode, 'healthy'> {
  const port = asNumber(node['port']);
  const host = canonicalHost(asText(node['ip']) || asText(node['host']));
  return { host, ...(port !== undefined && { port }) };
}

/** Since 3.0 each node has its status; 2.x lists those that are well once more. */
function parseNodes(checker: UnknownRecord): readonly HealthCheckNode[] {
  const nodes = asArray(checker['nodes']).map(asRecord);
  if (!('healthy_nodes' in checker)) {
    return nodes.map((node) => ({
      ...parseNode(node),
      healthy: /^(?:mostly_)?healthy$/.test(asText(node['status'])),
    }));
  }
  const textOf = ({ host, port }: Omit<HealthCheckNode, 'healthy'>) => `${host} ${port ?? ''}`;
  const well = new Set(asArray(checker['healthy_nodes']).map((node) => textOf(parseNode(asRecord(node)))));
  return nodes.map(parseNode).map((node) => ({ ...node, healthy: well.has(textOf(node)) }));
}

/** One health checker; its name ends with the key of what it belongs to. */
export function parseHealthCheck(checker: UnknownRecord): HealthCheck & { readonly place: string } {
  const place = asText(checker['name']).split('/').slice(-2).join('/');
  const id = place.split('/').at(-1) ?? '';
  // lua-cjson writes an empty list as an object.
  const isIdle = isRecord(checker['nodes']) || asArray(checker['nodes']).length === 0;
  if (!isIdle) return { place, id, nodes: { state: 'Read', items: parseNodes(checker) } };
  return { place, id, nodes: { state: 'Unread', reason: notBegun } };
}

type Checker = ReturnType<typeof parseHealthCheck>;

function checkersIn(answers: readonly ControlAnswer[]): readonly Checker[] {
  return answers
    .flatMap((answer) => (answer.kind === 'Items' ? answer.items : []))
    .map((item) => parseHealthCheck(item));
}

/** Workers share what they have learnt, but only those that sent a request know that there is a checker. */
function merge(checkers: readonly Checker[], of: RuntimeUpstream): HealthCheck {
  const own = checkers.filter(({ place }) => place === placeOf(of));
  const told = own.find(({ nodes }) => nodes.state === 'Read') ?? own[0];
  return {
    id: of.id,
    ...(of.inline && { inline: of.inline }),
    nodes: told?.nodes ?? { state: 'Unread', reason: notBegun },
    ...(of.service && { service: of.service }),
  };
}

export type HealthCheckOptions = {
  /** One list. */
  readonly everything: boolean;
  /** How often each is asked for. */
  readonly times: number;
  readonly source: string;
};

/** What is probed for upstreams that have health checks; nothing is asked when none has. */
export async function readHealthChecks(
  transport: Transport,
  checked: readonly RuntimeUpstream[],
  { everything, times, source }: HealthCheckOptions,
): Promise<Layer<HealthCheck>> {
  const paths = checked.map((one) => `/v1/healthcheck/${placeOf(one)}`);
  const answers: ControlAnswer[] = [];
  for (const path of everything && paths.length > 0 ? ['/v1/healthcheck'] : paths) {
    answers.push(...(await askWorkers(transport, path, { times })));
    const failed = answers.at(-1);
    if (failed?.kind === 'Error') return { state: 'Unread', reason: failed.reason, source };
  }
  const checkers = checkersIn(answers);
  const items = checked.map((one) => merge(checkers, one));
  return { state: 'Read', items, resourceVersion: '', source };
}
