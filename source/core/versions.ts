/** Programs whose bugs are known by version. `kubernetes` is the API server's version, which its controllers share. */
export type Component = 'kubernetes' | 'apisix' | 'apisix-ingress-controller' | 'adc';

/** `v1.31.1`, `2.0.0-rc3`; a version that is not known is absent. */
export type Versions = Readonly<Partial<Record<Component, string>>>;

/** Releases in a row: `from` is the first of them, `fixedIn` the first that is none any more; open where absent. */
export type VersionRange = { readonly from?: string; readonly fixedIn?: string };

/** Major, minor, patch; then 0 to 2 for alpha, beta, rc and 3 for a release, and the number of the pre-release. */
type Version = readonly number[];

const stages = ['alpha', 'beta', 'rc'];

/** What vendors add (`v1.31.1-eks-7f9249a`, `+k3s1`) is no pre-release. */
function parse(text: string): Version | undefined {
  const [whole, numbers = '', stage, number = '0'] =
    /^v?(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.?(\d+)?)?/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const rank = stage === undefined ? stages.length : stages.indexOf(stage);
  return [...numbers.split('.').map(Number), rank, Number(number)];
}

function isBefore(a: Version, b: Version): boolean {
  const index = a.findIndex((number, position) => number !== b[position]);
  return (a[index] ?? 0) < (b[index] ?? 0);
}

/** Whether a version is in one of the ranges; `undefined` when it is no version that can be read. */
export function isWithin(version: string, ranges: readonly VersionRange[]): boolean | undefined {
  const own = parse(version);
  if (!own) return undefined;
  return ranges.some(({ from = '0.0.0', fixedIn }) => {
    const [first, last] = [parse(from), fixedIn === undefined ? undefined : parse(fixedIn)];
    return first !== undefined && !isBefore(own, first) && (last === undefined || isBefore(own, last));
  });
}
