import type { ServiceReport } from '../../core/report.ts';
import type { Service } from '../../core/kubernetes.ts';
import { settling } from '../../core/confirm.ts';
import { freshnessForms, freshnessWord } from './live/freshness.ts';
import type { State } from './state.ts';
import { fit, lineWidth, type Line, type Span } from './text.ts';
import { statusTones } from './words.ts';

function statusSpan(report: ServiceReport, isGone: boolean): Span {
  if (isGone) return { text: 'Deleted', tone: 'error' };
  const drift = report.findings.filter(({ severity }) => severity !== 'Info');
  const isSettling = drift.length > 0 && settling(report).length === drift.length;
  return isSettling
    ? { text: `${report.status}, settling`, tone: 'warning' }
    : { text: report.status, tone: statusTones[report.status] };
}

/** `selector app=httpbin  http 80->8080` */
function subjectOf({ selector, ports }: Service): string {
  const labels = Object.entries(selector ?? {}).map(([key, value]) => `${key}=${value}`);
  const numbers = ports.map(({ name, port, targetPort }) => `${name} ${port}->${targetPort}`.trimStart());
  return [...(labels.length > 0 ? [`selector ${labels.join(',')}`] : []), numbers.join(', ')].join('  ');
}

/** Where one is, and what is to be said of it. */
function place({ view, hasList }: State): { readonly start: Line; readonly about: string } {
  if (view.place === 'services') return { start: [{ text: 'services', tone: 'strong' }], about: '' };
  const { name, model, isGone } = view.opened;
  const crumbs: Line = hasList ? [{ text: 'services > ', tone: 'quiet' }] : [];
  const status = statusSpan(model.report, isGone);
  const start: Line = [...crumbs, { text: `${name}  `, tone: 'strong' }, status];
  return { start, about: `  ${subjectOf(model.scope.service)}` };
}

/** The same for ears: no ages, which would be told anew every second. */
export function spokenHeader(state: State): Line {
  const { start, about } = place(state);
  return [...start, { text: `${about}  ${freshnessWord(state)}`, tone: 'plain' }];
}

/** Whose report it is, its verdict and how current it is; the program's name where there is room. */
export function headerLine(state: State): Line {
  const { columns } = state.size;
  const { start, about } = place(state);
  const gap = 2;
  const fits = (end: Line) => lineWidth([...start, { text: about, tone: 'plain' }, ...end]) + gap <= columns;
  const program: Span = { text: '   kubectl eps', tone: 'quiet' };
  const forms = freshnessForms(state);
  const shortest = forms.at(-1) ?? [];
  const found = forms.flatMap((form): readonly Line[] => [[...form, program], form]).find(fits);
  const end = found ?? forms.find((form) => lineWidth([...start, ...form]) + gap <= columns) ?? shortest;
  const room = Math.max(0, columns - lineWidth([...start, ...end]) - gap);
  return [
    ...start,
    { text: fit(about, room), tone: 'plain' },
    { text: ' '.repeat(gap), tone: 'plain' },
    ...end,
  ];
}
