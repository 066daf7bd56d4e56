import { formatAddress, sortByAddress } from './address.ts';
import { divergence, type Divergence } from './divergence.ts';
import { comparedLayers, type ComparedLayer } from './expected.ts';
import type { Finding, Found } from './findings/finding.ts';
import { findings as allFindings } from './findings/index.ts';
import type { Join, Row } from './join.ts';
import { withKnownBugs } from './known-bugs/suspect.ts';
import type { Service } from './kubernetes.ts';
import { gatewayLayers, type GatewayLayer, type ReportFinding } from './report.ts';

/** Which finding explains a row's difference in a layer. */
export class Causes {
  readonly #codes = new Map<Row, Partial<Record<ComparedLayer, string>>>();

  /** The first cause stays. */
  claim(rows: readonly Row[], layer: ComparedLayer, code: string): void {
    for (const row of rows) {
      const codes = this.#codes.get(row) ?? {};
      codes[layer] ??= code;
      this.#codes.set(row, codes);
    }
  }

  of(row: Row, layer: ComparedLayer): string | undefined {
    return this.#codes.get(row)?.[layer];
  }
}

type Diverging = Readonly<Record<Divergence, readonly Row[]>>;

function divergingIn(layer: ComparedLayer, rows: readonly Row[]): Diverging {
  const found: Record<Divergence, Row[]> = { Missing: [], Stale: [] };
  for (const row of rows) {
    const kind = divergence(row, layer);
    if (kind) found[kind].push(row);
  }
  return found;
}

/** Rows that diverge and have no cause yet: every finding asks for them, and few find one. */
class Unexplained {
  readonly #rows: readonly Row[];
  readonly #causes: Causes;
  readonly #left = new Map<ComparedLayer, Diverging>();

  constructor(rows: readonly Row[], causes: Causes) {
    this.#rows = rows;
    this.#causes = causes;
  }

  in(layer: ComparedLayer): Diverging {
    return this.#left.get(layer) ?? this.#keep(layer, divergingIn(layer, this.#rows));
  }

  /** After causes were found: what they explain is asked for no more. */
  sift(): void {
    for (const [layer, left] of this.#left) this.#keep(layer, left);
  }

  #keep(layer: ComparedLayer, { Missing, Stale }: Diverging): Diverging {
    const isLeft = (row: Row) => this.#causes.of(row, layer) === undefined;
    const left = { Missing: Missing.filter(isLeft), Stale: Stale.filter(isLeft) };
    this.#left.set(layer, left);
    return left;
  }
}

/** The Service port's name, else its number; a port that the Service does not have keeps its name. */
function portLabel({ ports }: Service, name: string): string {
  const known = ports.find((port) => port.name === name);
  return name === '' && known ? String(known.port) : name;
}

function toFinding(
  { scope }: Join,
  { code, layer, references }: Finding,
  found: Found,
  own: string | undefined,
): ReportFinding {
  const gateway = found.gateway ?? (isOfGateway(found.layer ?? layer) ? own : undefined);
  const ports = new Set(found.rows.map(({ port }) => port));
  const [only] = ports.size > 0 ? ports : [found.port];
  const port = ports.size > 1 || only === undefined ? '' : portLabel(scope.service, only);
  const loose = sortByAddress(found.addresses ?? [], (address) => address).map(formatAddress);
  const addresses = [...new Set([...found.rows.map(({ text }) => text), ...loose])];
  return {
    code,
    severity: found.severity,
    layer: found.layer ?? layer,
    ...(port !== '' && { port }),
    count: addresses.length > 0 ? addresses.length : (found.pods?.length ?? 0),
    addresses,
    ...(found.pods && { pods: found.pods }),
    ...(found.upstream !== undefined && { upstream: found.upstream }),
    ...(gateway !== undefined && { gateway }),
    ...(found.replica !== undefined && { replica: found.replica }),
    ...withKnownBugs(code, found, scope),
    references,
  };
}

/** A legal difference explains nothing that would otherwise be drift. */
function claimAll(causes: Causes, finding: Finding, found: Found): void {
  const { severity, rows, explains = [], layer = finding.layer, swallows = [] } = found;
  if (severity === 'Info') return;
  const explained = [...rows, ...explains];
  const own = comparedLayers.find((name) => name === layer);
  if (own) causes.claim(explained, own, finding.code);
  for (const name of swallows) {
    const alike = explained.filter((row) => !own || divergence(row, name) === divergence(row, own));
    causes.claim(alike, name, finding.code);
  }
}

/** Whether a layer is a gateway's, and not of Kubernetes. */
export function isOfGateway(layer: ReportFinding['layer']): layer is GatewayLayer {
  return gatewayLayers.some((name) => name === layer);
}

/** Everything that is found in a join; what is about its gateway is told with that one's name. */
export function findAll(joined: Join, causes: Causes, gateway?: string): readonly ReportFinding[] {
  const left = new Unexplained(joined.rows, causes);
  return allFindings.flatMap((finding) => {
    const occurrences = finding.find({ join: joined, unexplained: (layer, kind) => left.in(layer)[kind] });
    for (const occurrence of occurrences) claimAll(causes, finding, occurrence);
    if (occurrences.length > 0) left.sift();
    return occurrences.map((occurrence) => toFinding(joined, finding, occurrence, gateway));
  });
}
