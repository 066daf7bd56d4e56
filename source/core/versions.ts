type Version = readonly [major: number, minor: number, patch: number];

function parse(text: string): Version | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return patch === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether a version is in one of the ranges `FIRST-LAST`, both included; `Unknown` when it is not known. */
export function affects(ranges: readonly string[], version: string): 'Yes' | 'No' | 'Unknown' {
  const own = parse(version);
  if (!own) return 'Unknown';
  const isInside = ranges.some((range) => {
    const [first, last] = range.split('-').map(parse);
    return first && last && compare(own, first) >= 0 && compare(own, last) <= 0;
  });
  return isInside ? 'Yes' : 'No';
}
