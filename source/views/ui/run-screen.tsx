import type { ServiceReport } from '../../core/report.ts';
import { openCanvas, sizeOf, type Canvas, type Keyboard } from './canvas.tsx';
import { effectOf, perform } from './effects.ts';
import { actionOf, pasteAction } from './keys.ts';
import { listen } from './listen.ts';
import { eventsReader, type ReadEvents } from './live/events.ts';
import { followWorld, type FollowWorld } from './live/follow.ts';
import { framesOf } from './live/frames.ts';
import type { Loading } from './loading/loading.ts';
import { showLoading, type LoadingOptions } from './loading/show-loading.tsx';
import type { World } from './model.ts';
import { reduce } from './reduce.ts';
import { Screen } from './screen.tsx';
import { initialState, reportsOf, type Action, type LeaveReason, type State } from './state.ts';

export type ScreenOptions = LoadingOptions & {
  readonly world: World | Loading;
  /** Begin with the list of Services, and not with the only one there is. */
  readonly hasList?: boolean | undefined;
  /** Newer worlds; undefined for a recording. */
  readonly follow?: FollowWorld | undefined;
  readonly events?: ReadEvents | undefined;
  /** Writes a new file of about this name, and tells its path. */
  readonly save: (name: string, text: string) => Promise<string>;
};

/** Why the screen closed, and what was known last of the Services on it; undefined when nothing was read yet. */
export type ScreenResult = { readonly reports: readonly ServiceReport[] | undefined } & (
  { readonly reason: LeaveReason | 'nothing' } | { readonly reason: 'crash'; readonly error: unknown }
);

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

function firstState(world: World, { hasList = false, follow, now, stdout }: ScreenOptions): State {
  return initialState({ world, hasList, isLive: follow !== undefined, now: now(), size: sizeOf(stdout) });
}

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

/** Tells what comes from outside as actions. */
function hear(options: ScreenOptions, dispatch: (action: Action) => void, closed: AbortSignal): void {
  const { stdout, follow, now } = options;
  const told = {
    resize: () => {
      dispatch({ kind: 'resize', size: sizeOf(stdout) });
    },
    leave: (reason: LeaveReason) => {
      dispatch({ kind: 'leave', reason });
    },
  };
  listen(options, told, closed);
  if (follow) followWorld({ follow, now, dispatch, signal: closed });
}

/** Shows the world, and those that come after it, until it is left; also when a component or the reducer throws. */
async function showWorld(world: World, canvas: Canvas, options: ScreenOptions): Promise<ScreenResult> {
  const { color, isSpoken = false } = options;
  let state = firstState(world, options);
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
      canvas.close();
    }
  };
  const beside = sideEffects(options, dispatch);
  const draw = () => {
    canvas.draw(<Screen state={state} color={color} isSpoken={isSpoken} />);
  };
  const drawAfter = drawer(draw, closed.signal);
  canvas.onKeys(handlers(() => state, dispatch));
  draw();
  hear(options, dispatch, closed.signal);
  try {
    await canvas.closed();
  } catch (error) {
    crash = { error };
  }
  closed.abort();
  const end = crash ? { reason: 'crash' as const, ...crash } : { reason: state.leaving ?? 'aborted' };
  return { ...end, reports: reportsOf(state) };
}

/** Until the world is read, it shows how far that is; a reading that fails closes the screen. */
async function showBoth(loading: Loading, canvas: Canvas, options: ScreenOptions): Promise<ScreenResult> {
  const reports = undefined;
  try {
    const loaded = await showLoading(loading, canvas, options);
    if (loaded.kind === 'World' && loaded.world) return await showWorld(loaded.world, canvas, options);
    canvas.close();
    await canvas.closed();
    return { reason: loaded.kind === 'Left' ? loaded.reason : 'nothing', reports };
  } catch (error) {
    canvas.close();
    // Of a component that throws this is the same error.
    await canvas.closed().catch(() => undefined);
    return { reason: 'crash', error, reports };
  }
}

/** Opens the full screen and resolves when it is closed and the terminal restored. */
export async function runScreen(options: ScreenOptions): Promise<ScreenResult> {
  const { world, signal } = options;
  const isLoading = 'kind' in world;
  if (signal?.aborted) {
    return { reason: 'aborted', reports: isLoading ? undefined : reportsOf(firstState(world, options)) };
  }
  const canvas = openCanvas(options);
  return isLoading ? showBoth(world, canvas, options) : showWorld(world, canvas, options);
}
