import type { ListedFinding } from '../../source/core/findings/finding.ts';
import { listedFindings } from '../../source/core/listed-findings.ts';
import { knownBugs } from '../../source/core/known-bugs/index.ts';
import type { KnownBug } from '../../source/core/known-bugs/known-bug.ts';
import { threadLinks, versionsText } from '../../source/views/finding-page.ts';

const cell = (text: string) => text.replaceAll('|', '\\|');
const block = (lines: readonly string[]) =>
  lines.length === 0 ? [] : ['```', ...lines.map((line) => line.trimEnd()), '```', ''];
const shortThread = (link: string) => link.replace('https://github.com/', '').replace('/issues/', '#');
const links = (threads: readonly string[]) =>
  threads.map((link) => `[${shortThread(link)}](${link})`).join(', ');

/** The table of the README. */
export function findingsTable(): string {
  const rows = listedFindings.map(
    ({ code, severities, layer, summary }) =>
      `| [\`${code}\`](docs/findings.md#${code.toLowerCase()}) | ${severities.join(', ')} | ${layer} | ${cell(summary)} |`,
  );
  return ['| Finding | Severity | Layer | Means |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

const bugLine = (bug: KnownBug) => `- ${versionsText(bug)}: ${bug.summary}`;

function page(finding: ListedFinding): readonly string[] {
  const { code, severities, layer, summary, page: text } = finding;
  const bugs = knownBugs.filter(({ findings }) => findings.includes(code));
  const threads = threadLinks(finding);
  return [
    `## ${code}`,
    '',
    `${severities.join(' or ')}, ${layer}: ${summary}.`,
    '',
    text.meaning,
    '',
    `**How it comes about.** ${text.cause}`,
    '',
    '**What the objects look like.**',
    '',
    ...block(text.objects),
    `**What to do.** ${text.action}`,
    '',
    ...block(text.commands),
    ...(bugs.length > 0 ? ['**Versions.**', '', ...bugs.map(bugLine), ''] : []),
    ...(threads.length > 0 ? [`**Threads.** ${links(threads)}`, ''] : []),
  ];
}

/** The whole of docs/findings.md. */
export function findingsDocument(): string {
  const unseen = knownBugs.filter(({ findings }) => findings.length === 0);
  return [
    '# Findings',
    '',
    'What `kubectl eps explain CODE` prints, for all codes. Written by `npx vitest run test/docs.test.ts -u` from',
    '[source/core/findings](../source/core/findings) and [source/core/known-bugs](../source/core/known-bugs).',
    '',
    ...listedFindings.flatMap(page),
    '## Bugs that hide a layer',
    '',
    'They are behind no finding: with these versions something cannot be seen, or looks worse than it is.',
    '',
    ...unseen.map(bugLine),
    '',
  ].join('\n');
}
