/** stderr, as commands talk on it: never over the screen. */
export type Talk = {
  readonly write: (text: string) => void;
  /**
   * One line, short, that stays below all that is written until the next takes its place; on a terminal only, and gone
   * while texts are kept back.
   */
  readonly status: (line: string) => void;
  /** Keeps back what is written from now on. */
  readonly hold: () => void;
  /** Writes what was kept back, and from now on at once. */
  readonly release: () => void;
};

/** Erases the line, and goes to its start. */
const erase = '\u001b[2K\u001b[G';

export function talkOn(stream: NodeJS.WriteStream): Talk {
  let held: string[] | undefined;
  let status = '';
  const put = (text: string) => {
    stream.write(status === '' ? text : erase + text + status);
  };
  const show = (line: string) => {
    if (!stream.isTTY || line === status) return;
    stream.write(status === '' ? line : erase + line);
    status = line;
  };
  return {
    write: (text) => {
      if (held) held.push(text);
      else put(text);
    },
    status: (line) => {
      if (!held) show(line);
    },
    hold: () => {
      show('');
      held ??= [];
    },
    release: () => {
      const texts = held ?? [];
      held = undefined;
      texts.forEach(put);
    },
  };
}
