import type { ReportFinding, ServiceReport, Status } from '../../../core/report.ts';
import { summaryOf } from '../../../core/summarise.ts';
import { signs } from '../../words.ts';
import { fullName } from '../../../core/kubernetes.ts';
import type { World } from '../model.ts';
import type { ColumnOf, Field, TableOf } from '../table/table.ts';
import { layerLetters, layerTitles, severityTones, statusTones } from '../words.ts';

const statuses: readonly Status[] = ['Drift', 'Unknown', 'Synced'];

/** Findings are sorted, the worst first. */
const worstOf = ({ findings: [worst] }: ServiceReport): ReportFinding | undefined => worst;

/** What the gateway's pods use is the first to go where there is no room, then what is made from Pods. */
const layerRanks = { Pods: 2, EndpointSlices: 4, Endpoints: 2, Upstream: 3, Runtime: 5 } as const;

function layerColumn(name: keyof typeof layerRanks): ColumnOf<ServiceReport> {
  const layerOf = ({ layers }: ServiceReport) => layers.find((layer) => layer.name === name);
  return {
    title: layerTitles[name].toUpperCase(),
    letter: layerLetters[name],
    textOf: (report) => {
      const layer = layerOf(report);
      if (!layer || layer.state === 'Absent') return '-';
      if (layer.state === 'Unread') return 'unread';
      const { addresses = 0, ready = 0 } = layer;
      return ready === addresses ? String(addresses) : `${ready}/${addresses}`;
    },
    orderOf: (report) => layerOf(report)?.addresses ?? -1,
    toneOf: (report) => (layerOf(report)?.state === 'Unread' ? 'warning' : 'plain'),
    rank: layerRanks[name],
  };
}

const columns: readonly ColumnOf<ServiceReport>[] = [
  { title: 'NAMESPACE', letter: 'P', textOf: ({ metadata }) => metadata.namespace, narrowest: 12 },
  { title: 'NAME', letter: 'N', textOf: ({ metadata }) => metadata.name, narrowest: 16 },
  {
    title: 'STATUS',
    letter: 'T',
    textOf: ({ status }) => status,
    toneOf: ({ status }) => statusTones[status],
    orderOf: ({ status }) => statuses.indexOf(status),
    width: 'Unknown'.length,
  },
  ...(['Pods', 'EndpointSlices', 'Endpoints', 'Upstream', 'Runtime'] as const).map(layerColumn),
  {
    title: 'FINDING',
    letter: 'F',
    textOf: (report) => {
      const worst = worstOf(report);
      return worst ? `${signs[worst.severity]} ${worst.code}` : '-';
    },
    toneOf: (report) => {
      const worst = worstOf(report);
      return worst ? severityTones[worst.severity] : 'quiet';
    },
    narrowest: 12,
    rank: 1,
  },
];

const fields: Readonly<Record<string, Field<ServiceReport>>> = {
  code: {
    textsOf: ({ findings }) => findings.map(({ code }) => code),
    meaning: 'a finding that it has',
  },
};

/** All Services, drift first. */
export function serviceTable({ services }: World): TableOf<ServiceReport> {
  const rows = services
    .map(({ report }) => report)
    .toSorted((a, b) => statuses.indexOf(a.status) - statuses.indexOf(b.status));
  return {
    rows,
    columns,
    keyOf: ({ metadata }) => fullName(metadata),
    isDrifted: ({ status }) => status !== 'Synced',
    fields,
    linesOf: () => [],
    jsonOf: summaryOf,
    emptyWords: 'no Service is there',
  };
}
