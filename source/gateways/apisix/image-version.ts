/**
 * The version that an image's tag tells: `3.18.0` of `apache/apisix:3.18.0-debian`, `2.0.0-rc3` of a release
 * candidate; empty for a tag without numbers, or a digest alone.
 */
export function imageVersion(image: string): string {
  const [, version = ''] = /[^/:]+:v?(\d+\.\d+\.\d+(?:-(?:rc|alpha|beta)[\w.]*)?)[^/]*$/.exec(image) ?? [];
  return version;
}
