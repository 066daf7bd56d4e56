import { count } from '../../../core/findings/words.ts';
import { frameHeight } from '../layout.ts';
import { fit, lineWidth, type Line } from '../text.ts';
import type { KindRead, LoadingState } from './loading.ts';

const kindWidth = 20;
const countWidth = 8;

function headerLine({ title, size, ms }: LoadingState): Line {
  const end: Line = [
    { text: `reading, ${Math.floor(ms / 1000)} s`, tone: 'warning' },
    { text: '   kubectl eps', tone: 'quiet' },
  ];
  return [{ text: fit(title, size.columns - lineWidth(end)), tone: 'strong' }, ...end];
}

function totalLine({ kinds }: LoadingState): Line {
  const objects = kinds.reduce((sum, kind) => sum + kind.objects, 0);
  return [{ text: `${count(objects, 'object')} so far`, tone: 'plain' }];
}

function kindLine({ kind, objects, isRead }: KindRead): Line {
  const number = String(objects).padStart(countWidth);
  return [
    { text: `  ${fit(kind, kindWidth)}`, tone: isRead ? 'plain' : 'quiet' },
    isRead ? { text: number, tone: 'plain' } : { text: `${number} ...`, tone: 'quiet' },
  ];
}

const footer: Line = [
  { text: 'reading', tone: 'plain' },
  { text: '   q quit', tone: 'quiet' },
];

/** The screen while there is nothing to show yet but how far the reading is. */
export function loadingLines(state: LoadingState): readonly Line[] {
  const lines = [headerLine(state), totalLine(state), [], ...state.kinds.map(kindLine)];
  const height = frameHeight(state.size) - 1;
  return [...Array.from({ length: height }, (_, row): Line => lines[row] ?? []), footer];
}

/** The same for ears: no counts, which would be told anew with each. */
export function spokenLoading({ title }: LoadingState): string {
  return `${title}, reading\nq quit`;
}
