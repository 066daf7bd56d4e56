import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Figure, Findings } from './section.ts';

/** Below one a ratio reads better as a fraction. */
function valueText({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  const isRatio = unit.startsWith('of ');
  if (isRatio && value < 0.3) return `1/${(1 / value).toFixed(1)}`;
  return value.toFixed(Number.isInteger(value) && !isRatio ? 0 : 2);
}

function targetText({ atMost, unit }: Figure): string {
  return atMost === undefined ? '' : `<= ${valueText({ value: atMost, unit })}`;
}

function verdict({ value, atMost }: Figure): string {
  if (atMost === undefined) return '';
  return value <= atMost ? 'met' : 'missed';
}

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function timingTable(timings: NonNullable<Findings['timings']>): string {
  const ms = (value: number) => value.toFixed(0);
  const rows = Object.entries(timings).map(([name, { median, least, most }]) => [
    name,
    ms(median),
    ms(least),
    ms(most),
  ]);
  return `\n${table(['', 'median, ms', 'least', 'most'], rows)}`;
}

/** What it was measured on, and how busy that was. */
function machineText(): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const [load = 0] = loadavg();
  return `${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}, ${memory} GB, ${platform()} ${arch()}, load average ${load.toFixed(1)}`;
}

/** One section in Markdown. */
export function sectionText(name: string, { figures, timings, remarks = [] }: Findings): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${valueText(figure)} ${figure.unit}`,
    targetText(figure),
    verdict(figure),
  ]);
  return [
    `## ${name}\n\n${machineText()}\n\n${table(['', 'measured', 'target', ''], rows)}`,
    timings ? timingTable(timings) : '',
    remarks.length === 0 ? '' : `\n${remarks.map((remark) => `- ${remark}\n`).join('')}`,
  ].join('');
}

/** The document with some of its sections anew, in the order of `names`. */
export function replaceSections(
  document: string,
  names: readonly string[],
  fresh: Readonly<Record<string, string>>,
): string {
  const [head = '', ...old] = document.split(/^(?=## )/m);
  const known = new Map(old.map((text) => [/^## (.*)/.exec(text)?.[1] ?? '', text.trimEnd()]));
  for (const [name, text] of Object.entries(fresh)) known.set(name, text.trimEnd());
  const texts = names.flatMap((name) => known.get(name) ?? []);
  return `${[head.trimEnd(), ...texts].join('\n\n')}\n`;
}
