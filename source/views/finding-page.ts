import type { ListedFinding } from '../core/findings/finding.ts';
import { bugsBehind, knownBugs } from '../core/known-bugs/index.ts';
import type { KnownBug } from '../core/known-bugs/known-bug.ts';
import type { VersionRange } from '../core/versions.ts';
import { columns } from './columns.ts';
import { wrap } from './ui/text.ts';

/** As `kubectl explain` prints: 80 columns, what belongs to a heading four columns in. */
const pageWidth = 80;
const indent = '    ';

/** One line a finding. */
export function printFindingList(findings: readonly ListedFinding[]): string {
  const rows = findings.map(({ code, severities, layer, summary }) => [
    code,
    severities.join(','),
    layer,
    summary,
  ]);
  return columns([['CODE', 'SEVERITY', 'LAYER', 'SUMMARY'], ...rows]);
}

const prose = (text: string, width: number): readonly string[] => wrap(text, width - indent.length);

function rangeText({ from, fixedIn }: VersionRange): string {
  if (from === undefined) return fixedIn === undefined ? 'every release' : `before ${fixedIn}`;
  return fixedIn === undefined ? `since ${from}` : `from ${from}, fixed in ${fixedIn}`;
}

const evidences: Readonly<Record<KnownBug['evidence'], string>> = {
  Reported: '',
  Measured: ' (seen in a run)',
  Read: ' (read in its source, not seen in a run)',
};

/** `kubernetes from 1.31.0, fixed in 1.31.2`, and how that is known. */
export function versionsText({ component, ranges, evidence, upstreams }: KnownBug): string {
  const who = upstreams === 'Discovery' ? 'discovery of apisix' : component;
  return `${who} ${ranges.map(rangeText).join('; ')}${evidences[evidence]}`;
}

function versionLines(code: string, width: number): readonly string[] {
  const bugs = code === 'KnownBug' ? knownBugs : bugsBehind(code);
  if (bugs.length === 0) return [...prose('any: no bug of certain versions is known to be behind it', width)];
  return bugs.flatMap((bug) => [
    ...prose(versionsText(bug), width),
    ...wrap(bug.summary, width - 2 * indent.length).map((line) => `${indent}${line}`),
  ]);
}

/** Where the threads of a finding and of the bugs behind it are. */
export function threadLinks({ code, references }: ListedFinding): readonly string[] {
  const threads = new Set([...references, ...bugsBehind(code).flatMap((bug) => bug.threads)]);
  return [...threads].map((thread) => `https://github.com/${thread.replace('#', '/issues/')}`);
}

/** A section without lines is left out. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${heading}:`, ...lines.map((line) => `${indent}${line}`.trimEnd())];
}

/** All that is known of one finding, in lines; its prose is `width` columns wide. */
export function findingPageLines(finding: ListedFinding, width: number): readonly string[] {
  const { code, severities, layer, page } = finding;
  const { meaning, cause, objects, action, commands } = page;
  return [
    `CODE:       ${code}`,
    `SEVERITY:   ${severities.join(', ')}`,
    `LAYER:      ${layer}`,
    ...section('MEANING', prose(meaning, width)),
    ...section('HOW IT COMES ABOUT', prose(cause, width)),
    ...section('WHAT THE OBJECTS LOOK LIKE', objects),
    ...section('WHAT TO DO', [...prose(action, width), ...(commands.length > 0 ? ['', ...commands] : [])]),
    ...section('VERSIONS', versionLines(code, width)),
    ...section('THREADS', threadLinks(finding)),
  ];
}

/** All that is known of one finding, for a terminal. */
export function printFindingPage(finding: ListedFinding): string {
  return findingPageLines(finding, pageWidth)
    .map((line) => `${line}\n`)
    .join('');
}
