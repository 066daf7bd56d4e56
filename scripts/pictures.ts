/** `npm run pictures`: the pictures of the README, in docs/pictures, from the screen of the program as it was built. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dist, root } from './build/paths.ts';
import { palettes } from './pictures/palette.ts';
import { size, story } from './pictures/story.ts';
import { drawSvg, type Frame } from './pictures/svg.ts';
import { openTerminal } from './pictures/terminal.ts';

/** Goes through the story and keeps what the terminal shows. */
async function record(): Promise<readonly Frame[]> {
  const terminal = await openTerminal(`${path.join(dist, 'kubectl-eps')} demo`, size);
  const frames: Frame[] = [];
  try {
    for (const { keys, shows, caption, seconds } of story) {
      await terminal.type(keys);
      frames.push({ ansi: await terminal.until(shows), caption, seconds });
    }
  } finally {
    await terminal.close();
  }
  return frames;
}

const frames = await record();
const pictures = { screen: frames.slice(0, 1), recording: frames };
const folder = path.join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
for (const [name, shown] of Object.entries(pictures)) {
  for (const [theme, palette] of Object.entries(palettes)) {
    const svg = drawSvg({ title: `kubectl eps demo, ${name}`, ...size, palette, frames: shown });
    writeFileSync(path.join(folder, `${name}-${theme}.svg`), svg);
  }
}
