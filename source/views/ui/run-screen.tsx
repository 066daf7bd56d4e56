import { render, useInput, usePaste, type RenderOptions } from 'ink';
import type { ServiceReport } from '../../core/report.ts';
import { keepReading } from './keep-reading.ts';
import { actionOf, keyNames, pasteAction } from './keys.ts';
import type { Size } from './layout.ts';
import { Screen } from './screen.tsx';
import { initialState, reduce, type Action, type LeaveReason, type State, type Subject } from './state.ts';

/** The part of a `tty.WriteStream` that a screen needs. */
export type Terminal = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

export type ScreenOptions = {
  readonly report: ServiceReport;
  readonly subject?: Subject | undefined;
  /** Reads again; undefined for a recording. The signal aborts when the screen closes. */
  readonly refresh?: ((signal: AbortSignal) => Promise<ServiceReport>) | undefined;
  /** ms between the end of one reading and the start of the next; 5000 unless given. */
  readonly everyMs?: number | undefined;
  /** Both must be terminals. */
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Terminal;
  /** ms since epoch. */
  readonly now: () => number;
  readonly color: boolean;
  /** Closes the screen from outside, as on SIGTERM. */
  readonly signal?: AbortSignal | undefined;
};

/** Why the screen closed, and the last report that could be read. */
export type ScreenResult =
  | { readonly reason: LeaveReason; readonly report: ServiceReport }
  | { readonly reason: 'crash'; readonly report: ServiceReport; readonly error: unknown };

type AppProps = {
  readonly state: State;
  readonly color: boolean;
  readonly onKey: (name: string) => void;
  readonly onPaste: (text: string) => void;
};

function App({ state, color, onKey, onPaste }: AppProps) {
  useInput((input, key) => {
    keyNames(input, key).forEach(onKey);
  });
  usePaste(onPaste);
  return <Screen state={state} color={color} />;
}

/**
 * The caller has made sure of the terminal, and nothing writes to the console. ctrl-C is a key like others, so
 * that its exit code is ours.
 */
const fullScreen: RenderOptions = {
  interactive: true,
  alternateScreen: true,
  incrementalRendering: true,
  maxFps: 30,
  exitOnCtrlC: false,
  patchConsole: false,
};

/** A terminal that does not know its size says 0. */
function sizeOf({ columns = 0, rows = 0 }: Terminal): Size {
  return columns > 0 && rows > 0 ? { columns, rows } : { columns: 80, rows: 24 };
}

/** Tells of a new size, of the order to leave and of a keyboard that is gone, until the screen is closed. */
function listen(
  { stdin, stdout, signal }: ScreenOptions,
  dispatch: (action: Action) => void,
  closed: AbortSignal,
): void {
  const onResize = () => {
    dispatch({ kind: 'resize', size: sizeOf(stdout) });
  };
  const onAbort = () => {
    dispatch({ kind: 'leave', reason: 'aborted' });
  };
  // Before Ink's own listener, which would draw the old, larger frame on the new, smaller screen.
  stdout.prependListener('resize', onResize);
  signal?.addEventListener('abort', onAbort, { signal: closed });
  stdin.on('end', onAbort).on('error', onAbort);
  closed.addEventListener('abort', () => {
    stdout.off('resize', onResize);
    stdin.off('end', onAbort).off('error', onAbort);
  });
}

/**
 * Opens the full screen and resolves when it is closed and the terminal restored, also when a component or the
 * reducer throws.
 */
export async function runScreen(options: ScreenOptions): Promise<ScreenResult> {
  const { report, subject, refresh, everyMs = 5000, stdin, stdout, now, color, signal } = options;
  if (signal?.aborted) return { reason: 'aborted', report };
  const closed = new AbortController();
  const given = { report, subject, everyMs: refresh && everyMs };
  let state = initialState({ ...given, now: now(), size: sizeOf(stdout) });
  let crash: { readonly error: unknown } | undefined;
  const dispatch = (action: Action | undefined) => {
    if (!action || closed.signal.aborted) return;
    try {
      state = reduce(state, action);
    } catch (error) {
      crash = { error };
    }
    if (state.leaving === undefined && !crash) {
      instance.rerender(app());
    } else {
      closed.abort();
      instance.unmount();
    }
  };
  const onKey = (name: string) => {
    dispatch(actionOf(state.view.kind, name));
  };
  const onPaste = (text: string) => {
    dispatch(pasteAction(state.view.kind, text));
  };
  const app = () => <App state={state} color={color} onKey={onKey} onPaste={onPaste} />;
  const instance = render(app(), { ...fullScreen, stdin, stdout });
  listen(options, dispatch, closed.signal);
  if (refresh) keepReading({ refresh, everyMs, now, dispatch, signal: closed.signal });
  try {
    await instance.waitUntilExit();
  } catch (error) {
    crash = { error };
  }
  closed.abort();
  const end = crash ? { reason: 'crash' as const, ...crash } : { reason: state.leaving ?? 'aborted' };
  return { ...end, report: state.report };
}
