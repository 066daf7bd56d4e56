/** One moment of the recording. */
export type Step = {
  /** What is typed, as the terminal sends it. */
  readonly keys: string;
  readonly caption: string;
  /** What is on the screen once the keys have been obeyed, and not before. */
  readonly shows: string;
  /** How long it stays. */
  readonly seconds: number;
};

/** The terminal of the pictures. */
export const size = { columns: 116, rows: 24 };

/** What the pictures show of `kubectl eps demo`; the first step alone is the still picture. */
export const story: readonly [Step, ...Step[]] = [
  {
    keys: '',
    caption: '$ kubectl eps demo',
    shows: '1000 of 2000 shown',
    seconds: 5,
  },
  {
    keys: '/node:node-17$',
    caption: '/   a filter: text, a regular expression, or node: pod: code: layer:',
    shows: 'node:node-17$_',
    seconds: 3,
  },
  {
    keys: '\r\r',
    caption: 'enter   everything known of one address, and where it was lost',
    shows: 'First lost',
    seconds: 5,
  },
  {
    keys: 'q',
    caption: 'q   back',
    shows: '53 of 2000 match',
    seconds: 1,
  },
  {
    keys: '\t',
    caption: 'tab   the findings',
    shows: '[findings',
    seconds: 2,
  },
  {
    keys: '\r',
    caption: 'enter   what it means, how it comes about, what to do',
    shows: 'findings > ',
    seconds: 5,
  },
  {
    keys: 'q',
    caption: 'q   back',
    shows: '[findings',
    seconds: 1,
  },
  {
    keys: '\t',
    caption: 'tab   the EndpointSlices: how full each is, who writes it, how old it is',
    shows: '[slices',
    seconds: 4,
  },
  {
    keys: '?',
    caption: '?   the keys that work here',
    shows: 'the next tab',
    seconds: 4,
  },
];
