import { Text, Transform } from 'ink';
import { frameLines } from './frame.ts';
import { frameHeight, isTooSmall, smallest } from './layout.ts';
import { loadingLines, spokenLoading } from './loading/frame.ts';
import type { LoadingState } from './loading/loading.ts';
import { spokenLines } from './spoken.ts';
import type { State } from './state.ts';
import { cutLine, paint, type Line } from './text.ts';

type Props = {
  readonly state: State;
  readonly color: boolean;
  /** Sentences instead of a table, for a screen reader. */
  readonly isSpoken?: boolean;
};

function TooSmall({ size }: Pick<State, 'size'>) {
  const words = `terminal too small: ${size.columns}x${size.rows}, needs ${smallest.columns}x${smallest.rows}; ctrl-c quits`;
  return <Text wrap="truncate">{words}</Text>;
}

type LinesProps = Pick<Props, 'color'> & Pick<State, 'size'> & { readonly lines: readonly Line[] };

/**
 * One node of Ink for all rows, which are no wider than the screen: it is laid out once by its line breaks, and each row
 * is put in as it is written. With a node a row, half of what a key costs went to React, to the layout and to reading
 * every row again.
 */
function Lines({ lines, size, color }: LinesProps) {
  const height = frameHeight(size);
  const painted = lines.map((line) => paint(cutLine(line, size.columns), color));
  return <Transform transform={(_, row) => painted[row] ?? ''}>{'\n'.repeat(height - 1)}</Transform>;
}

/** The whole screen as a function of its state. */
export function Screen({ state, color, isSpoken = false }: Props) {
  if (isSpoken) return <Text>{spokenLines(state).join('\n')}</Text>;
  if (isTooSmall(state.size)) return <TooSmall size={state.size} />;
  return <Lines lines={frameLines(state)} size={state.size} color={color} />;
}

/** The screen while the first reading goes on. */
export function LoadingScreen({
  state,
  color,
  isSpoken,
}: Omit<Props, 'state'> & { readonly state: LoadingState }) {
  if (isSpoken) return <Text>{spokenLoading(state)}</Text>;
  if (isTooSmall(state.size)) return <TooSmall size={state.size} />;
  return <Lines lines={loadingLines(state)} size={state.size} color={color} />;
}
