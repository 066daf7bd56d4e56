import { Text } from 'ink';
import { memo } from 'react';
import { paint, type Line } from './text.ts';

/** One `Text` a row and not one a cell: the cheapest that Ink can lay out, skipped while the string is the same. */
const PaintedRow = memo(function PaintedRow({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

/** One row of the screen, which is no wider than that. */
export function Row({ line, color }: { readonly line: Line; readonly color: boolean }) {
  return <PaintedRow text={paint(line, color)} />;
}
