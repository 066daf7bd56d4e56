import { escapeText } from '../views/escape.ts';
import type { ExitCode, Io } from './command.ts';
import { wantedAfter, type Choice, type Wanted } from './completion/wanted.ts';

/** ms: nobody waits longer for a key press, so a cluster that is slower completes nothing. */
const patience = 300;

/** cobra's directives for the shell: what was printed is all, or files may follow. */
const noFiles = ':4';
const anyFile = ':0';

/** What the user would learn of by running the command is of no use here. */
async function remote(
  wanted: Extract<Wanted, { readonly kind: 'Remote' }>,
  io: Io,
): Promise<readonly Choice[]> {
  const choices = import('./completion/remote.ts')
    .then(({ remoteChoices }) => remoteChoices(wanted.remote, wanted.line, io))
    .catch((): readonly Choice[] => []);
  return Promise.race([choices, io.wait(patience).then((): readonly Choice[] => [])]);
}

async function choicesOf(wanted: Wanted, io: Io): Promise<readonly Choice[]> {
  switch (wanted.kind) {
    case 'Words':
      return wanted.choices;
    case 'Remote':
      return remote(wanted, io);
    case 'Findings': {
      const { listedFindings } = await import('../core/listed-findings.ts');
      return listedFindings.map(({ code, summary }) => ({ word: code, about: summary }));
    }
    case 'Files':
      return [];
  }
}

/** A Service may be typed with its kind: then that stays. */
function kindIn(prefix: string, wanted: Wanted): string {
  const isService = wanted.kind === 'Remote' && wanted.remote === 'services';
  return isService ? (/^(?:svc|services?)\//i.exec(prefix)?.[0] ?? '') : '';
}

function line({ word, about }: Choice): string {
  return about === undefined ? `${word}\n` : `${word}\t${escapeText(about)}\n`;
}

/** A name that a shell would take apart, or a terminal would obey, is none to type. */
const isTypable = ({ word }: Choice) => /^[^\s\p{C}]+$/u.test(word);

/** Prints what may stand in place of the last word, one a line, and cobra's directive; always succeeds. */
export async function complete(io: Io): Promise<ExitCode> {
  const [, ...typed] = io.argv;
  const { wanted, prefix } = wantedAfter(typed);
  const kind = kindIn(prefix, wanted);
  const already = wanted.kind === 'Remote' ? wanted.line.args.slice(1) : [];
  const fitting = (await choicesOf(wanted, io))
    .filter((choice) => isTypable(choice) && (kind + choice.word).startsWith(prefix))
    .filter(({ word }) => !already.includes(kind + word))
    .map((choice) => line({ ...choice, word: kind + choice.word }));
  io.stdout.write(`${fitting.join('')}${wanted.kind === 'Files' ? anyFile : noFiles}\n`);
  return 0;
}
