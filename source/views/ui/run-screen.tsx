import { render, useInput, usePaste, type RenderOptions } from 'ink';
import type { ServiceReport } from '../../core/report.ts';
import { effectOf, perform } from './effects.ts';
import { actionOf, keyNames, pasteAction } from './keys.ts';
import type { Size } from './layout.ts';
import { eventsReader, type ReadEvents } from './live/events.ts';
import { followWorld, type FollowWorld } from './live/follow.ts';
import { framesOf } from './live/frames.ts';
import type { World } from './model.ts';
import { reduce } from './reduce.ts';
import { Screen } from './screen.tsx';
import { initialState, reportsOf, type Action, type LeaveReason, type State } from './state.ts';

/** The part of a `tty.WriteStream` that a screen needs. */
type Terminal = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

export type ScreenOptions = {
  readonly world: World;
  /** Begin with the list of Services, and not with the only one there is. */
  readonly hasList?: boolean | undefined;
  /** Newer worlds; undefined for a recording. */
  readonly follow?: FollowWorld | undefined;
  readonly events?: ReadEvents | undefined;
  /** Writes a new file of about this name, and tells its path. */
  readonly save: (name: string, text: string) => Promise<string>;
  /** Both must be terminals. */
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Terminal;
  /** ms since epoch. */
  readonly now: () => number;
  readonly color: boolean;
  /** Sentences instead of a table, for a screen reader. */
  readonly isSpoken?: boolean | undefined;
  /** Closes the screen from outside, as on SIGTERM. */
  readonly signal?: AbortSignal | undefined;
};

/** Why the screen closed, and what was known last of the Services on it. */
export type ScreenResult = { readonly reports: readonly ServiceReport[] } & (
  { readonly reason: LeaveReason } | { readonly reason: 'crash'; readonly error: unknown }
);

type AppProps = {
  readonly state: State;
  readonly color: boolean;
  readonly isSpoken: boolean;
  readonly onKey: (name: string) => void;
  readonly onPaste: (text: string) => void;
};

function App({ onKey, onPaste, ...screen }: AppProps) {
  useInput((input, key) => {
    keyNames(input, key).forEach(onKey);
  });
  usePaste(onPaste);
  return <Screen {...screen} />;
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

/** Tells of newer worlds, a new size, the order to leave and a keyboard that is gone, until the screen is closed. */
function listen(
  { stdin, stdout, signal, follow, now }: ScreenOptions,
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
  if (follow) followWorld({ follow, now, dispatch, signal: closed });
}

/** What happens beside the screen after an action. */
function sideEffects(options: ScreenOptions, dispatch: (action: Action) => void) {
  const { events } = options;
  const askEvents = events && eventsReader(events, dispatch);
  return (before: State, action: Action, after: State) => {
    askEvents?.(after);
    const effect = effectOf(before, action);
    if (!effect) return;
    void perform(effect, options).then((text) => {
      dispatch({ kind: 'say', text });
    });
  };
}

function firstState({ world, hasList = false, follow, now, stdout }: ScreenOptions): State {
  return initialState({ world, hasList, isLive: follow !== undefined, now: now(), size: sizeOf(stdout) });
}

type Keyboard = Pick<AppProps, 'onKey' | 'onPaste'>;

function handlers(stateNow: () => State, dispatch: (action: Action | undefined) => void): Keyboard {
  return {
    onKey: (name) => {
      dispatch(actionOf(stateNow(), name));
    },
    onPaste: (text) => {
      dispatch(pasteAction(stateNow(), text));
    },
  };
}

/** Draws what an action has changed: a new size before Ink hears of it, all else frame by frame. */
function drawer(draw: () => void, closed: AbortSignal): (action: Action) => void {
  const frames = framesOf(draw, () => performance.now());
  closed.addEventListener('abort', frames.stop);
  return ({ kind }) => {
    if (kind === 'resize') draw();
    else frames.ask();
  };
}

/**
 * Opens the full screen and resolves when it is closed and the terminal restored, also when a component or the
 * reducer throws.
 */
export async function runScreen(options: ScreenOptions): Promise<ScreenResult> {
  const { stdin, stdout, color, isSpoken = false, signal } = options;
  let state = firstState(options);
  if (signal?.aborted) return { reason: 'aborted', reports: reportsOf(state) };
  const closed = new AbortController();
  let crash: { readonly error: unknown } | undefined;
  const dispatch = (action: Action | undefined) => {
    if (!action || closed.signal.aborted) return;
    const before = state;
    try {
      state = reduce(state, action);
    } catch (error) {
      crash = { error };
    }
    if (state.leaving === undefined && !crash) {
      drawAfter(action);
      beside(before, action, state);
    } else {
      closed.abort();
      instance.unmount();
    }
  };
  const beside = sideEffects(options, dispatch);
  const keyboard = handlers(() => state, dispatch);
  const app = () => <App state={state} color={color} isSpoken={isSpoken} {...keyboard} />;
  const instance = render(app(), { ...fullScreen, isScreenReaderEnabled: isSpoken, stdin, stdout });
  const drawAfter = drawer(() => {
    instance.rerender(app());
  }, closed.signal);
  listen(options, dispatch, closed.signal);
  try {
    await instance.waitUntilExit();
  } catch (error) {
    crash = { error };
  }
  closed.abort();
  const end = crash ? { reason: 'crash' as const, ...crash } : { reason: state.leaving ?? 'aborted' };
  return { ...end, reports: reportsOf(state) };
}
