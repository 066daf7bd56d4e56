import type { Notice } from '../gateways/gateway.ts';
import { escapeText } from '../views/escape.ts';
import type { Io } from './command.ts';

/** Talk on stderr; what was said once holds for all that is read later. */
export function noticeOn({ stderr }: Pick<Io, 'stderr'>): Notice {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    stderr.write(`notice: ${escapeText(text)}\n`);
  };
}

/** Talk that waits until `release`: what fails before then is told without it, as kubectl would. */
export function heldBack(notice: Notice): { readonly notice: Notice; readonly release: () => void } {
  const held: string[] = [];
  let isReleased = false;
  return {
    notice: (text) => {
      if (isReleased) notice(text);
      else held.push(text);
    },
    release: () => {
      isReleased = true;
      held.splice(0).forEach(notice);
    },
  };
}
