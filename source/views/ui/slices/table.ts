import { formatAddress } from '../../../core/address.ts';
import { observeSlices } from '../../../core/observed.ts';
import { fullName, type EndpointSlice } from '../../../core/kubernetes.ts';
import { itemsOf } from '../../../core/snapshot.ts';
import { kubectlAge } from '../age.ts';
import { blank, fieldLines, titleLine } from '../field-lines.ts';
import type { ServiceModel } from '../model.ts';
import type { ColumnOf, Field, TableOf } from '../table/table.ts';
import type { Line } from '../text.ts';
import { none, stateTones, stateWords } from '../words.ts';

/** kube-controller-manager's `--max-endpoints-per-slice`, unless told otherwise. */
const capacity = 100;

const readyIn = ({ endpoints }: EndpointSlice) => endpoints.filter(({ ready }) => ready).length;

const fillOf = ({ endpoints }: EndpointSlice) => Math.round((100 * endpoints.length) / capacity);

const portsOf = ({ ports }: EndpointSlice) =>
  ports.map(({ name, port = '*' }) => `${name} ${port}`.trimStart()).join(',') || none;

const columns: readonly ColumnOf<EndpointSlice>[] = [
  { title: 'SLICE', letter: 'S', textOf: ({ name }) => name, narrowest: 16, keep: 'end' },
  {
    title: 'ENDPOINTS',
    letter: 'E',
    textOf: ({ endpoints }) => String(endpoints.length),
    orderOf: ({ endpoints }) => endpoints.length,
  },
  { title: 'READY', letter: 'R', textOf: (slice) => String(readyIn(slice)), orderOf: readyIn },
  { title: 'FILL', letter: 'F', textOf: (slice) => `${fillOf(slice)}%`, orderOf: fillOf, rank: 1 },
  { title: 'PORTS', letter: 'P', textOf: portsOf, rank: 4 },
  {
    title: 'MANAGER',
    letter: 'M',
    textOf: ({ managedBy }) => managedBy.replace('.k8s.io', '') || none,
    rank: 2,
  },
  {
    title: 'AGE',
    letter: 'A',
    textOf: ({ createdAt }, now) => kubectlAge(createdAt, now),
    // The youngest first.
    orderOf: ({ createdAt }) => -Date.parse(createdAt ?? '1970-01-01T00:00:00Z'),
    width: '<unknown>'.length,
    rank: 3,
  },
  {
    title: 'STATE',
    letter: 'T',
    textOf: ({ terminating }) => (terminating ? 'terminating' : '-'),
    toneOf: ({ terminating }) => (terminating ? 'warning' : 'quiet'),
    rank: 5,
  },
];

const fields: Readonly<Record<string, Field<EndpointSlice>>> = {
  manager: { textsOf: ({ managedBy }) => [managedBy], meaning: 'who keeps it' },
};

function linesOf({ scope }: ServiceModel, slice: EndpointSlice, width: number): readonly Line[] {
  const { name, managedBy, owner, createdAt = '<unknown>', resourceVersion, endpoints } = slice;
  return [
    titleLine(name),
    ...fieldLines('Manager', managedBy || none, width),
    ...fieldLines('Owner', owner ? `${owner.kind} ${owner.name}` : none, width),
    ...fieldLines('Created', createdAt, width),
    ...fieldLines('Version', resourceVersion, width),
    ...fieldLines('Endpoints', `${endpoints.length}, ${readyIn(slice)} ready`, width),
    blank,
    ...observeSlices(scope, [slice]).flatMap(({ address, state, where }) =>
      fieldLines(
        `  ${stateWords[state]}`,
        `${formatAddress(address)} ${where?.targetRef?.name ?? none}`,
        width,
        stateTones[state],
      ),
    ),
  ];
}

/** The Service's EndpointSlices: how full they are, who keeps them, and since when. */
export function sliceTable(model: ServiceModel): TableOf<EndpointSlice> {
  const { endpointSlices } = model.scope;
  return {
    rows: itemsOf(endpointSlices),
    columns,
    keyOf: fullName,
    fields,
    linesOf: (slice, width) => linesOf(model, slice, width),
    emptyWords:
      endpointSlices.state === 'Unread'
        ? `the EndpointSlices could not be read: ${endpointSlices.reason}`
        : 'the Service has no EndpointSlice',
  };
}
