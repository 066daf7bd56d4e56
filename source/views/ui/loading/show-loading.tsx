import { sizeOf, type Canvas } from '../canvas.tsx';
import { listen, type Outside } from '../listen.ts';
import type { World } from '../model.ts';
import { LoadingScreen } from '../screen.tsx';
import type { LeaveReason } from '../state.ts';
import type { Loading } from './loading.ts';

/** What ended it. */
type Loaded =
  | { readonly kind: 'World'; readonly world: World | undefined }
  | { readonly kind: 'Left'; readonly reason: LeaveReason };

export type LoadingOptions = Outside & {
  readonly now: () => number;
  readonly color: boolean;
  readonly isSpoken?: boolean | undefined;
};

/** ms between two looks at how far it is. */
const interval = 250;

/** Shows how far the reading is until it has ended or the user leaves; rejects when it fails. */
export async function showLoading(
  { title, kinds, world }: Loading,
  canvas: Canvas,
  options: LoadingOptions,
): Promise<Loaded> {
  const { stdout, now, color, isSpoken = false } = options;
  const start = now();
  const ended = new AbortController();
  const draw = () => {
    const state = { size: sizeOf(stdout), title, kinds: kinds(), ms: now() - start };
    canvas.draw(<LoadingScreen state={state} color={color} isSpoken={isSpoken} />);
  };
  const left = new Promise<LeaveReason>((leave) => {
    canvas.onKeys({
      onKey: (name) => {
        if (name === 'q') leave('quit');
        else if (name === 'ctrl-c') leave('interrupt');
      },
      onPaste: () => undefined,
    });
    listen(options, { resize: draw, leave }, ended.signal);
  });
  draw();
  const timer = setInterval(draw, interval);
  try {
    return await Promise.race([
      world.then((read) => ({ kind: 'World', world: read }) as const),
      left.then((reason) => ({ kind: 'Left', reason }) as const),
      canvas.closed().then(() => ({ kind: 'Left', reason: 'aborted' }) as const),
    ]);
  } finally {
    clearInterval(timer);
    ended.abort();
  }
}
