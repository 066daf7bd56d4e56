/**
 * `npm run build && npm run bench [-- SECTION...]`: how quick and how small the program is, as ratios within this run,
 * medians over interleaved rounds. What was measured takes its place in bench/RESULTS.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { replaceSections, sectionText } from './results.ts';
import type { Section } from './section.ts';
import { churn } from './sections/churn.ts';
import { diff } from './sections/diff.ts';
import { gateway } from './sections/gateway.ts';
import { growth } from './sections/growth.ts';
import { judge } from './sections/judge.ts';
import { list } from './sections/list.ts';
import { screen } from './sections/screen.ts';
import { small } from './sections/small.ts';
import { start } from './sections/start.ts';
import { openStage } from './stage.ts';

/** In the order in which they run: the fleet before other pods come into the cluster. */
const sections: Readonly<Record<string, Section>> = {
  judge,
  screen,
  churn,
  start,
  list,
  small,
  gateway,
  diff,
  growth,
};

/** They take ten minutes: only who asks for them by name gets them. */
const onDemand: readonly string[] = ['churn'];

const results = fileURLToPath(new URL('RESULTS.md', import.meta.url));

function chosen(words: readonly string[]): readonly (readonly [name: string, section: Section])[] {
  const unknown = words.find((word) => !Object.hasOwn(sections, word));
  if (unknown !== undefined) {
    throw new Error(`there is no section ${unknown}, only ${Object.keys(sections).join(', ')}`);
  }
  const isChosen = (name: string) => (words.length === 0 ? !onDemand.includes(name) : words.includes(name));
  return Object.entries(sections).filter(([name]) => isChosen(name));
}

const stage = openStage();
try {
  for (const [name, section] of chosen(process.argv.slice(2))) {
    const text = sectionText(name, await section(stage));
    process.stdout.write(`${text}\n`);
    const known = readFileSync(results, 'utf8');
    writeFileSync(results, replaceSections(known, Object.keys(sections), { [name]: text }));
  }
} finally {
  await stage.stop();
}
