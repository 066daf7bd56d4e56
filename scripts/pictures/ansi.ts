/** How a piece of text looks; colours are the 16 of a terminal by number, undefined its own. */
export type Style = {
  readonly foreground?: number | undefined;
  readonly background?: number | undefined;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
};

export type Span = { readonly text: string; readonly style: Style };

const changes: ReadonlyMap<number, Style> = new Map<number, Style>([
  [1, { bold: true }],
  [2, { dim: true }],
  [7, { inverse: true }],
  [22, { bold: false, dim: false }],
  [27, { inverse: false }],
  [39, { foreground: undefined }],
  [49, { background: undefined }],
  ...Array.from({ length: 8 }, (_, color): [number, Style][] => [
    [30 + color, { foreground: color }],
    [40 + color, { background: color }],
    [90 + color, { foreground: 8 + color }],
    [100 + color, { background: 8 + color }],
  ]).flat(),
]);

/** The style after one SGR sequence; throws on what a picture could not show. */
function styled(before: Style, parameters: string): Style {
  return parameters.split(';').reduce((style, parameter) => {
    const code = Number(parameter);
    if (code === 0) return {};
    const change = changes.get(code);
    if (!change) throw new Error(`SGR ${parameters} has no place in a picture`);
    return { ...style, ...change };
  }, before);
}

/** SGR sequences, and the text between them. */
const pieces = /\u001b\[([\d;]*)m|([^\u001b]+)|\u001b/g;

/** The rows of a terminal, as `tmux capture-pane -e` prints them: a style holds until it is changed, over line ends too. */
export function parseAnsi(text: string): readonly (readonly Span[])[] {
  let style: Style = {};
  return text.split('\n').map((row) => {
    const spans: Span[] = [];
    for (const [, parameters, words] of row.matchAll(pieces)) {
      if (parameters !== undefined) style = styled(style, parameters);
      else if (words !== undefined) spans.push({ text: words, style });
      else throw new Error(`only SGR has a place in a picture: ${JSON.stringify(row)}`);
    }
    return spans;
  });
}
