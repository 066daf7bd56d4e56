import { clusterFlags } from '../../source/commands/line/cluster-flags.ts';
import type { FlagTable } from '../../source/commands/line/flag.ts';
import { ownFlags, type CommandName } from '../../source/commands/line/flags.ts';
import { describeFlags } from '../../source/commands/line/help.ts';
import { pages, rootLong } from '../../source/commands/line/pages.ts';

/** Text as troff prints it: a backslash, a hyphen that is to be copied, and a dot or quote that begins a line. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^([.'])/gm, '\\&$1');
}

/** The paragraphs of a help text. */
function paragraphs(text: string): string {
  return escaped(text)
    .split(/\n+ */)
    .map((paragraph) => `.PP\n${paragraph}\n`)
    .join('');
}

function flagList(flags: FlagTable): string {
  return describeFlags(flags)
    .map(({ label, usage }) => `.TP\n\\fB${escaped(label)}\\fR\n${escaped(usage)}\n`)
    .join('');
}

function command([name, { args, long, examples }]: readonly [
  CommandName,
  (typeof pages)[CommandName],
]): string {
  const usage = ['kubectl eps', name, args, '[flags]'].filter(Boolean).join(' ');
  const typed = examples.map(({ comment, command }) => `# ${comment}\n${command}`).join('\n\n');
  const shown = `.PP\n.RS 4\n.nf\n${escaped(typed)}\n.fi\n.RE\n`;
  return `.SS ${escaped(usage)}\n${paragraphs(long)}${flagList(ownFlags[name])}${shown}`;
}

/** kubectl-eps(1), made of what the help says; `date` as YYYY-MM-DD. */
export function manPage(version: string, date: string): string {
  const commands = (Object.entries(pages) as [CommandName, (typeof pages)[CommandName]][]).map(command);
  return [
    `.TH KUBECTL\\-EPS 1 ${date} "kubectl\\-eps ${escaped(version)}" "kubectl plugins"\n`,
    ".SH NAME\nkubectl\\-eps \\- show where a Service's addresses get lost\n",
    '.SH SYNOPSIS\n.B kubectl eps\n.I COMMAND\n[flags]\n',
    `.SH DESCRIPTION\n${paragraphs(rootLong)}`,
    '.SH COMMANDS\n',
    ...commands,
    '.SH OPTIONS OF KUBECTL\n.PP\nUnderstood by every command that reads a cluster.\n',
    flagList(clusterFlags),
    '.SH SEE ALSO\n.BR kubectl (1)\n',
  ].join('');
}
