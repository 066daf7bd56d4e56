/** Frames drawn one at a time. */
export type Frames = {
  /** Something has changed: it is drawn now, or with all else that changes before the next frame is due. */
  readonly ask: () => void;
  readonly stop: () => void;
};

/** ms of a frame: 30 a second. */
const frameTime = 33;

/** Calls `draw` at most once a frame, however often it is asked. `now` is in ms. */
export function framesOf(draw: () => void, now: () => number): Frames {
  let drawnAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  const drawNow = () => {
    timer = undefined;
    drawnAt = now();
    draw();
  };
  return {
    ask: () => {
      if (timer) return;
      const left = drawnAt + frameTime - now();
      // A clock that was set back must not stop the screen.
      if (left <= 0 || left > frameTime) drawNow();
      else timer = setTimeout(drawNow, left);
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}
