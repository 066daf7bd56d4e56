import { Box, Text } from 'ink';
import { Findings } from './findings.tsx';
import { FlowLine } from './flow-line.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { bodyHeight, frameHeight, isTooSmall, smallest } from './layout.ts';
import { noticesOf } from './notices.ts';
import { Page } from './page.tsx';
import type { State } from './state.ts';
import { Table } from './table.tsx';

type Props = { readonly state: State; readonly color: boolean };

function TooSmall({ state: { size } }: Props) {
  const words = `terminal too small: ${size.columns}x${size.rows}, needs ${smallest.columns}x${smallest.rows}; ctrl-c quits`;
  return <Text wrap="truncate">{words}</Text>;
}

function Body({ state, color }: Props) {
  const { view } = state;
  switch (view.kind) {
    case 'table':
    case 'filter':
      return <Table state={state} color={color} />;
    case 'detail':
    case 'help':
      return <Page state={state} offset={view.offset} color={color} />;
  }
}

/** The whole screen as a function of its state. */
export function Screen({ state, color }: Props) {
  const { size, report, error } = state;
  if (isTooSmall(size)) return <TooSmall state={state} color={color} />;
  return (
    <Box flexDirection="column" height={frameHeight(size)}>
      <Header state={state} color={color} />
      <FlowLine report={report} columns={size.columns} color={color} />
      <Findings state={state} color={color} />
      <Box flexDirection="column" height={bodyHeight(size, noticesOf(report, error).length)}>
        <Body state={state} color={color} />
      </Box>
      <Footer state={state} color={color} />
    </Box>
  );
}
