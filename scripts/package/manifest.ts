import { dump, load } from 'js-yaml';

type Manifest = {
  readonly spec: { readonly platforms: readonly { readonly uri: string }[] };
};

/** krew's manifest, from the one without sums: `sums` has the SHA-256 of each archive by its name. */
export function manifest(text: string, sums: ReadonlyMap<string, string>): string {
  const { spec, ...head } = load(text) as Manifest;
  const platforms = spec.platforms.map((platform) => {
    const sha256 = sums.get(platform.uri.replace(/^.*\//, ''));
    if (sha256 === undefined) throw new Error(`there is no archive for ${platform.uri}`);
    return { ...platform, sha256 };
  });
  return dump({ ...head, spec: { ...spec, platforms } }, { lineWidth: -1, noRefs: true });
}
