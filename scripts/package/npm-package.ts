import packageJson from '../../package.json' with { type: 'json' };

/** The same program by the name that kubectl looks for, on Windows too, where npm makes no links. */
export const completer = "#!/usr/bin/env node\nrequire('./kubectl-eps.cjs');\n";

/** The package.json of what is published: the bundle needs no dependencies. */
export function publishedPackage(files: readonly string[]): string {
  const { name, version, description, license, engines, repository, homepage, bugs } = packageJson;
  const published = {
    name,
    version,
    description,
    license,
    keywords: ['kubectl', 'kubectl-plugin', 'kubernetes', 'endpoints', 'endpointslice', 'apisix'],
    homepage,
    repository,
    bugs,
    bin: { 'kubectl-eps': 'kubectl-eps.cjs', 'kubectl_complete-eps': 'kubectl_complete-eps.cjs' },
    man: 'kubectl-eps.1',
    files,
    engines,
  };
  return `${JSON.stringify(published, undefined, 2)}\n`;
}
