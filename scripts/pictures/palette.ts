/** The colours of a terminal. */
export type Palette = {
  readonly background: string;
  readonly foreground: string;
  /** Of dim text. */
  readonly dim: string;
  /** The 16, by number. */
  readonly colors: readonly string[];
};

const pairs = (normal: string, bright: string) => `${normal} ${bright}`.split(' ');

/** Those of GitHub's themes; each is read well on its background (a contrast of 4.5 or more). */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    background: '#ffffff',
    foreground: '#1f2328',
    dim: '#59636e',
    colors: pairs(
      '#24292f #cf222e #116329 #7d4e00 #0969da #8250df #1b7c83 #59636e',
      '#57606a #a40e26 #1a7f37 #633c01 #0550ae #6639ba #136061 #24292f',
    ),
  },
  dark: {
    background: '#0d1117',
    foreground: '#e6edf3',
    dim: '#9198a1',
    colors: pairs(
      '#7d8590 #ff7b72 #3fb950 #d29922 #58a6ff #bc8cff #39c5cf #b1bac4',
      '#8b949e #ffa198 #56d364 #e3b341 #79c0ff #d2a8ff #56d4dd #ffffff',
    ),
  },
};
