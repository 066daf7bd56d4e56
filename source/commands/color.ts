import type { Io } from './command.ts';
import type { ViewOptions } from './line/view-options.ts';

/** As cli-runtime's `terminal.go`: only on a capable terminal, unless `--color` says otherwise. */
export function wantsColor(
  color: ViewOptions['color'],
  { stdout, env }: Pick<Io, 'stdout' | 'env'>,
): boolean {
  switch (color) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'auto':
      return stdout.isTTY && env['TERM'] !== 'dumb' && !env['NO_COLOR'];
  }
}
