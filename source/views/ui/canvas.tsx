import { render, useInput, usePaste, type Instance, type RenderOptions } from 'ink';
import type { ReactNode } from 'react';
import { keyNames } from './keys.ts';
import type { Size } from './layout.ts';

/** The part of a `tty.WriteStream` that a screen needs. */
export type Terminal = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

export type Keyboard = {
  /** Takes names as {@link keyNames} gives them. */
  readonly onKey: (name: string) => void;
  readonly onPaste: (text: string) => void;
};

/** A full screen, of which one thing after another is seen. */
export type Canvas = {
  /** The first that is drawn opens the screen. */
  readonly draw: (drawing: ReactNode) => void;
  /** Who hears the keys from now on. */
  readonly onKeys: (keyboard: Keyboard) => void;
  /** Closes it, and restores the terminal. */
  readonly close: () => void;
  /** Of what was drawn: resolves when it is closed, rejects when a component throws. */
  readonly closed: () => Promise<unknown>;
};

type CanvasOptions = {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Terminal;
  readonly isSpoken?: boolean | undefined;
};

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
export function sizeOf({ columns = 0, rows = 0 }: Terminal): Size {
  return columns > 0 && rows > 0 ? { columns, rows } : { columns: 80, rows: 24 };
}

type AppProps = Keyboard & { readonly children: ReactNode };

function App({ onKey, onPaste, children }: AppProps) {
  useInput((input, key) => {
    keyNames(input, key).forEach(onKey);
  });
  usePaste(onPaste);
  return children;
}

const deaf: Keyboard = { onKey: () => undefined, onPaste: () => undefined };

export function openCanvas({ stdin, stdout, isSpoken = false }: CanvasOptions): Canvas {
  let instance: Instance | undefined;
  let keyboard = deaf;
  const onKey = (name: string) => {
    keyboard.onKey(name);
  };
  const onPaste = (text: string) => {
    keyboard.onPaste(text);
  };
  return {
    draw: (drawing) => {
      const app = (
        <App onKey={onKey} onPaste={onPaste}>
          {drawing}
        </App>
      );
      if (instance) instance.rerender(app);
      else instance = render(app, { ...fullScreen, isScreenReaderEnabled: isSpoken, stdin, stdout });
    },
    onKeys: (next) => {
      keyboard = next;
    },
    close: () => {
      keyboard = deaf;
      instance?.unmount();
    },
    closed: async () => instance?.waitUntilExit(),
  };
}
