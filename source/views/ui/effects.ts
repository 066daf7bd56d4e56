import { clipboardSequence, tooLong } from './clipboard.ts';
import type { Action, State } from './state.ts';
import { csvOf } from './table/csv.ts';
import { selectedIndex } from './table/state.ts';
import { paint } from './text.ts';

/** What a key does outside of the screen. */
export type Effect =
  | { readonly kind: 'Copy'; readonly text: string; readonly what: string }
  | { readonly kind: 'Save'; readonly name: string; readonly text: string; readonly rows: number };

/** The selected row's name, or the page that lies over it. */
function copied({ mode, table }: State): Effect | undefined {
  const index = selectedIndex(table);
  if (mode.kind === 'detail' || mode.kind === 'json') {
    const text = mode.lines.map((line) => `${paint(line, false).trimEnd()}\n`).join('');
    return { kind: 'Copy', text, what: `the page of ${mode.key}` };
  }
  if (index === undefined) return undefined;
  const text = table.table.keyAt(index);
  return { kind: 'Copy', text, what: text };
}

/** `httpbin-addresses-20260301T120002Z.csv`: in a file anything may be called a Service, a path too. */
function saved({ view, table: { table }, now }: State): Effect {
  const service = view.place === 'services' ? [] : [view.opened.model.report.metadata.name];
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const name = `${[...service, view.place, time].join('-').replace(/[^\w.-]+/g, '-')}.csv`;
  return { kind: 'Save', name, text: csvOf(table, now), rows: table.count };
}

export function effectOf(state: State, action: Action): Effect | undefined {
  if (action.kind === 'copy') return copied(state);
  return action.kind === 'save' ? saved(state) : undefined;
}

/** Where effects go. */
export type Outside = {
  readonly stdout: NodeJS.WritableStream;
  /** Writes a new file of about this name, and tells its path. */
  readonly save: (name: string, text: string) => Promise<string>;
};

/** Does it; the promise tells what became of it. */
export async function perform(effect: Effect, { stdout, save }: Outside): Promise<string> {
  if (effect.kind === 'Copy') {
    const sequence = clipboardSequence(effect.text);
    if (sequence === undefined) return tooLong(effect.text);
    stdout.write(sequence);
    return `copied ${effect.what}`;
  }
  try {
    return `saved ${effect.rows} rows to ${await save(effect.name, effect.text)}`;
  } catch (error) {
    return `x not saved: ${error instanceof Error ? error.message : String(error)}`;
  }
}
