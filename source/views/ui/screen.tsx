import { Box, Text } from 'ink';
import { frameLines } from './frame.ts';
import { frameHeight, isTooSmall, smallest } from './layout.ts';
import { Row } from './row.tsx';
import { spokenLines } from './spoken.ts';
import type { State } from './state.ts';

type Props = {
  readonly state: State;
  readonly color: boolean;
  /** Sentences instead of a table, for a screen reader. */
  readonly isSpoken?: boolean;
};

function TooSmall({ state: { size } }: Pick<Props, 'state'>) {
  const words = `terminal too small: ${size.columns}x${size.rows}, needs ${smallest.columns}x${smallest.rows}; ctrl-c quits`;
  return <Text wrap="truncate">{words}</Text>;
}

/** The whole screen as a function of its state. */
export function Screen({ state, color, isSpoken = false }: Props) {
  if (isSpoken) return <Text>{spokenLines(state).join('\n')}</Text>;
  if (isTooSmall(state.size)) return <TooSmall state={state} />;
  return (
    <Box flexDirection="column" height={frameHeight(state.size)}>
      {frameLines(state).map((line, row) => (
        <Row key={row} line={line} color={color} />
      ))}
    </Box>
  );
}
