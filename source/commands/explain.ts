import { EpsError } from '../core/error.ts';
import type { ListedFinding } from '../core/findings/finding.ts';
import { listedFindings } from '../core/listed-findings.ts';
import { printFindingList, printFindingPage } from '../views/finding-page.ts';
import type { CommandRun } from './command.ts';
import type { ExplainOptions } from './line/options.ts';
import { similarNames } from './line/similar.ts';

function findingNamed(word: string): ListedFinding {
  const found = listedFindings.find(({ code }) => code.toLowerCase() === word.toLowerCase());
  if (found) return found;
  const [nearest = ''] = similarNames(
    word,
    listedFindings.map(({ code }) => code),
  );
  throw new EpsError(`unknown finding ${JSON.stringify(word)}`, {
    hint: `kubectl eps explain ${nearest}`.trimEnd(),
  });
}

export const run: CommandRun<ExplainOptions> = ({ code }, { stdout }) => {
  stdout.write(code === undefined ? printFindingList(listedFindings) : printFindingPage(findingNamed(code)));
  return Promise.resolve(0);
};
