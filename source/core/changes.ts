import { findingKeys } from './finding-keys.ts';
import { groupBy } from './group-by.ts';
import {
  layerNames,
  type AddressRow,
  type LayerName,
  type ReportFinding,
  type ServiceReport,
} from './report.ts';
import { sideBySide } from './side-by-side.ts';

/** What became different between two reports of one Service. */
export type Change = {
  /** RFC 3339: when the later report was observed. */
  readonly at: string;
  /** A layer, the code of a finding, `Status` or `Service`. */
  readonly subject: string;
  /** States of addresses, of a layer, a finding or the report; `-` where there was none. */
  readonly from: string;
  readonly to: string;
  /** How many addresses, pods or Services. */
  readonly count: number;
  readonly addresses: readonly string[];
};

type Step = Pick<Change, 'subject' | 'from' | 'to'> & { readonly address: string };

/** Of most addresses there are none. */
function addSteps(steps: Step[], was: AddressRow | undefined, is: AddressRow | undefined): void {
  const address = is?.address ?? was?.address ?? '';
  for (const subject of layerNames) {
    const from = was?.in[subject] ?? 'Absent';
    const to = is?.in[subject] ?? 'Absent';
    if (from !== to) steps.push({ subject, from, to, address });
  }
}

/** Addresses that went through the same change are one change. */
function addressChanges(before: ServiceReport, after: ServiceReport): readonly Change[] {
  const [steps, ofGone]: readonly [Step[], Step[]] = [[], []];
  sideBySide(before.addresses, after.addresses, (was, is) => {
    addSteps(is ? steps : ofGone, was, is);
  });
  const place = ({ subject }: Step) => layerNames.findIndex((name) => name === subject);
  const groups = groupBy([...steps, ...ofGone], ({ subject, from, to }) => `${subject} ${from} ${to}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first ? [{ first, addresses: group.map(({ address }) => address) }] : [];
    })
    .sort((a, b) => place(a.first) - place(b.first))
    .map(({ first: { subject, from, to }, addresses }) => ({
      at: after.observedAt,
      subject,
      from,
      to,
      count: addresses.length,
      addresses,
    }));
}

function layerChanges(before: ServiceReport, after: ServiceReport): readonly Change[] {
  const stateIn = ({ layers }: ServiceReport, name: LayerName) =>
    layers.find((layer) => layer.name === name)?.state ?? 'Absent';
  return layerNames.flatMap((name) => {
    const [from, to] = [stateIn(before, name), stateIn(after, name)];
    return from === to ? [] : [{ at: after.observedAt, subject: name, from, to, count: 1, addresses: [] }];
  });
}

const stateOf = ({ count, confirmation }: ReportFinding) =>
  [String(count), ...(confirmation ? [confirmation.state] : [])].join(' ');

function findingChanges(before: ServiceReport, after: ServiceReport): readonly Change[] {
  const byKey = ({ findings }: ServiceReport) =>
    new Map([...findingKeys(findings)].map(([finding, key]) => [key, finding]));
  const [earlier, later] = [byKey(before), byKey(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((key) => {
    const [was, is] = [earlier.get(key), later.get(key)];
    const [from, to] = [was ? stateOf(was) : '-', is ? stateOf(is) : '-'];
    const finding = is ?? was;
    if (from === to || !finding) return [];
    const { code: subject, count, addresses } = finding;
    return [{ at: after.observedAt, subject, from, to, count, addresses }];
  });
}

/** In the order in which truth travels: addresses and layers, findings, the verdict. */
export function changesBetween(before: ServiceReport, after: ServiceReport): readonly Change[] {
  const verdict: readonly Change[] =
    before.status === after.status
      ? []
      : [
          {
            at: after.observedAt,
            subject: 'Status',
            from: before.status,
            to: after.status,
            count: 1,
            addresses: [],
          },
        ];
  return [
    ...layerChanges(before, after),
    ...addressChanges(before, after),
    ...findingChanges(before, after),
    ...verdict,
  ];
}
