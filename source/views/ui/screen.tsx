import { Box, Text } from 'ink';
import { frameLines } from './frame.ts';
import { frameHeight, isTooSmall, smallest } from './layout.ts';
import { loadingLines, spokenLoading } from './loading/frame.ts';
import type { LoadingState } from './loading/loading.ts';
import { Row } from './row.tsx';
import { spokenLines } from './spoken.ts';
import type { State } from './state.ts';
import { cutLine, type Line } from './text.ts';

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

function Lines({ lines, size, color }: LinesProps) {
  return (
    <Box flexDirection="column" height={frameHeight(size)}>
      {lines.map((line, row) => (
        <Row key={row} line={cutLine(line, size.columns)} color={color} />
      ))}
    </Box>
  );
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
