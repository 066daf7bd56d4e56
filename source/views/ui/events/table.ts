import type { ClusterEvent } from '../../../core/kubernetes.ts';
import { kubectlAge } from '../age.ts';
import { fieldLines, titleLine } from '../field-lines.ts';
import type { ColumnOf, Field, TableOf } from '../table/table.ts';
import type { Line } from '../text.ts';

/** Events are read when their tab is open. */
export type Events =
  | { readonly state: 'Unasked' | 'Unavailable' }
  | { readonly state: 'Read'; readonly items: readonly ClusterEvent[] }
  | { readonly state: 'Unread'; readonly reason: string };

const isWarning = ({ type }: ClusterEvent) => type !== 'Normal';

const columns: readonly ColumnOf<ClusterEvent>[] = [
  {
    title: 'LAST SEEN',
    letter: 'L',
    textOf: ({ at }, now) => kubectlAge(at, now),
    orderOf: ({ at }) => -Date.parse(at),
    width: 9,
  },
  {
    title: 'TYPE',
    letter: 'T',
    textOf: (event) => `${isWarning(event) ? '!' : 'i'} ${event.type}`,
    toneOf: (event) => (isWarning(event) ? 'warning' : 'quiet'),
    rank: 3,
  },
  { title: 'REASON', letter: 'R', textOf: ({ reason }) => reason },
  { title: 'OBJECT', letter: 'O', textOf: ({ object }) => object, narrowest: 16, keep: 'end', rank: 1 },
  {
    title: 'COUNT',
    letter: 'C',
    textOf: ({ count }) => String(count),
    orderOf: ({ count }) => count,
    rank: 4,
  },
  { title: 'MESSAGE', letter: 'M', textOf: ({ message }) => message, narrowest: 20, rank: 2 },
];

const fields: Readonly<Record<string, Field<ClusterEvent>>> = {
  pod: {
    textsOf: ({ object }) => (object.startsWith('Pod/') ? [object.slice('Pod/'.length)] : []),
    meaning: 'the pod that it is about',
  },
};

function linesOf({ at, type, reason, object, message, count }: ClusterEvent, width: number): readonly Line[] {
  return [
    titleLine(`${reason} ${object}`),
    ...fieldLines('Type', type, width),
    ...fieldLines('Last seen', at, width),
    ...fieldLines('Count', String(count), width),
    ...fieldLines('Message', message, width),
  ];
}

function emptyWords(events: Events): string {
  switch (events.state) {
    case 'Unasked':
      return 'reading the events';
    case 'Unavailable':
      return 'a recording has no events';
    case 'Unread':
      return `the events could not be read: ${events.reason}`;
    case 'Read':
      return 'no events of the Service and its pods';
  }
}

/** What the cluster told of the Service and its pods. */
export function eventTable(events: Events): TableOf<ClusterEvent> {
  return {
    rows: events.state === 'Read' ? events.items : [],
    columns,
    keyOf: ({ object, reason, message, at }) => [object, reason, message, at].join(' '),
    isDrifted: isWarning,
    fields,
    linesOf,
    emptyWords: emptyWords(events),
  };
}
