import { EpsError, UnreadError } from '../core/error.ts';
import { itemsOf, routesOf, type Layer, type Snapshot, type Upstream } from '../core/snapshot.ts';
import { parseAnswer, type ApisixAnswer, type ApisixItem } from '../gateways/apisix/answer.ts';
import { discover, parseDump, type Registry } from '../gateways/apisix/effective/discovery.ts';
import { keyOf } from '../gateways/apisix/effective/objects.ts';
import { upstreamsOf } from '../gateways/apisix/upstreams.ts';
import { readDocuments, writeObjects, type Document } from '../sources/files/documents.ts';
import { collectKubernetes } from '../sources/files/kubernetes.ts';
import { parseSnapshot } from '../sources/files/snapshot.ts';
import type { Io } from './command.ts';

type Answer =
  | { readonly source: string; readonly answer: ApisixAnswer }
  | { readonly source: string; readonly dump: readonly Registry[] };

function unknownShape({ source }: Document): EpsError {
  return new EpsError(
    `cannot tell what ${source} is: it is neither Kubernetes objects, nor an answer of the APISIX admin or control API with upstreams, nor a snapshot`,
    { hint: writeObjects },
  );
}

function parseAnswers(documents: readonly Document[]): readonly Answer[] {
  return documents.map((document) => {
    const { source, value } = document;
    const dump = parseDump(value);
    if (dump) return { source, dump };
    const answer = parseAnswer(value);
    if (!answer) throw unknownShape(document);
    return { source, answer };
  });
}

/** Files may overlap: of two answers about one object the later one holds. */
function lastOfEach(items: readonly ApisixItem[]): readonly ApisixItem[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** The upstreams of all answers. An error beside upstreams that were read is about something else. */
function upstreamLayer(all: readonly Answer[], known: Omit<Snapshot, 'upstreams'>): Layer<Upstream> {
  const source = [...new Set(all.map((one) => one.source))].join(', ');
  const answers = all.flatMap((one) => ('answer' in one ? [one.answer] : []));
  const items = lastOfEach(answers.flatMap((answer) => (answer.kind === 'items' ? answer.items : [])));
  const reasons = answers.flatMap((answer) => (answer.kind === 'error' ? [answer.reason] : []));
  if (reasons.length > 0 && !items.some(({ resource }) => resource === 'upstreams')) {
    return { state: 'Unread', reason: [...new Set(reasons)].join('; '), source };
  }
  const owners = { services: itemsOf(known.services), routes: routesOf(known) };
  const dumps = all.flatMap((one) => ('dump' in one ? one.dump : []));
  const upstreams = discover(upstreamsOf(items, owners), dumps, owners);
  return { state: 'Read', items: upstreams, resourceVersion: '', source };
}

/** Answers about routes or services alone say nothing of upstreams; an empty list may be that of upstreams. */
function unlessUnasked(layer: Layer<Upstream>, answers: readonly Answer[]): Layer<Upstream> {
  if (layer.state !== 'Read' || layer.items.length > 0) return layer;
  const isEmptyList = (one: Answer) =>
    'answer' in one && one.answer.kind === 'items' && one.answer.items.length === 0;
  if (answers.some(isEmptyList)) return layer;
  const reason = 'there is no list of upstreams among the files';
  return { state: 'Unread', reason, source: layer.source };
}

function baseSnapshot(
  documents: readonly Document[],
  takenAt: string,
): readonly [Snapshot, readonly Document[]] {
  const parsed = documents.map((document) => ({ document, snapshot: parseSnapshot(document.value) }));
  const [first, second] = parsed.flatMap(({ snapshot }) => (snapshot ? [snapshot] : []));
  const others = parsed.filter(({ snapshot }) => !snapshot).map(({ document }) => document);
  if (second) throw new EpsError('only one snapshot can be read at a time', { hint: '--from one of them' });
  const { layers, rest } = collectKubernetes(others);
  if (first && rest.length < others.length) {
    throw new EpsError('a snapshot cannot be mixed with other Kubernetes objects', {
      hint: '--from one of them',
    });
  }
  if (first) return [first, rest];
  const absent = { state: 'Absent' } as const;
  const fresh = { apiVersion: 'eps/v1', kind: 'Snapshot', takenAt, versions: {}, ...layers } as const;
  return [{ ...fresh, upstreams: absent, replicas: absent, gatewayGiven: false }, rest];
}

type Clock = Pick<Io, 'stdin' | 'now'>;

async function readFiles(
  paths: readonly string[],
  io: Clock,
): Promise<readonly [Snapshot, readonly Answer[]]> {
  const documents = await readDocuments(paths, io);
  const [snapshot, rest] = baseSnapshot(documents, io.now().toISOString());
  return [snapshot, parseAnswers(rest)];
}

/**
 * A Snapshot from files: one of our own, or lists of Kubernetes objects; answers of the admin API beside either.
 * `isNamed`: the Services are asked for by their names.
 */
export async function snapshotFromFiles(
  paths: readonly string[],
  io: Clock,
  { isNamed }: { readonly isNamed: boolean },
): Promise<Snapshot> {
  const [snapshot, answers] = await readFiles(paths, io);
  if (answers.length === 0) return snapshot;
  const layer = upstreamLayer(answers, snapshot);
  if (layer.state === 'Unread' && snapshot.services.state !== 'Read') {
    throw new UnreadError(`cannot read the upstreams of ${layer.source}: ${layer.reason}`);
  }
  const upstreams = unlessUnasked(layer, answers);
  return { ...snapshot, upstreams, replicas: { state: 'Absent' }, gatewayGiven: isNamed };
}

/** The upstreams of files, whatever else is in them. */
export async function upstreamsFromFiles(paths: readonly string[], io: Clock): Promise<Layer<Upstream>> {
  const [snapshot, answers] = await readFiles(paths, io);
  if (answers.length === 0) return snapshot.upstreams;
  return unlessUnasked(upstreamLayer(answers, snapshot), answers);
}
