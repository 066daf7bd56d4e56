/** stderr, as commands talk on it: never over the screen. */
export type Talk = {
  /** Whether it is a terminal. */
  readonly isTTY: boolean;
  readonly write: (text: string) => void;
  /** Keeps back what is written from now on. */
  readonly hold: () => void;
  /** Writes what was kept back, and from now on at once. */
  readonly release: () => void;
};

export function talkOn(stream: NodeJS.WriteStream): Talk {
  let held: string[] | undefined;
  return {
    isTTY: stream.isTTY,
    write: (text) => {
      if (held) held.push(text);
      else stream.write(text);
    },
    hold: () => {
      held ??= [];
    },
    release: () => {
      for (const text of held ?? []) stream.write(text);
      held = undefined;
    },
  };
}
