import { createHash } from 'node:crypto';
import { run } from '../build/run.ts';
import { root } from '../build/paths.ts';
import type { BundledPackage } from './packages.ts';

/** What is needed of a CycloneDX document, https://cyclonedx.org/docs/1.5/json. */
export type Sbom = {
  readonly serialNumber: string;
  readonly metadata: { readonly component: Component; readonly timestamp: string };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

type Component = {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
};

export type Bundled = {
  readonly packages: readonly BundledPackage[];
  /** Of Bun, whose runtime is in the executables. */
  readonly bunVersion: string;
  /** Seconds since 1970. */
  readonly epoch: number;
};

function bun(version: string): Component & Readonly<Record<string, unknown>> {
  return {
    'bom-ref': `bun@${version}`,
    type: 'platform',
    name: 'bun',
    version,
    purl: `pkg:npm/bun@${version}`,
    licenses: [{ license: { id: 'MIT' } }],
  };
}

/** npm's list of what may be needed, without what the bundle does not hold, the clock and the chance in it. */
export function onlyBundled(listed: Sbom, { packages, bunVersion, epoch }: Bundled): Sbom {
  const bundled = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const own = { ...listed.metadata.component, name: 'kubectl-eps' };
  const kept = listed.components.filter(({ name, version }) => bundled.has(`${name}@${version}`));
  const components = [...kept, bun(bunVersion)];
  const refs = new Set([own, ...components].map((component) => component['bom-ref']));
  const dependencies = listed.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  const id = createHash('sha256')
    .update([...refs].join())
    .digest('hex');
  return {
    ...listed,
    // A UUID of version 8: made of what is listed, so that the same program has the same list.
    serialNumber: `urn:uuid:${id.slice(0, 8)}-${id.slice(8, 12)}-8${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(20, 32)}`,
    metadata: { ...listed.metadata, component: own, timestamp: new Date(epoch * 1000).toISOString() },
    components,
    dependencies: [...dependencies, { ref: `bun@${bunVersion}`, dependsOn: [] }],
  };
}

/** The software bill of materials of the program, in CycloneDX's JSON. */
export async function sbom(bundled: Bundled): Promise<string> {
  const form = ['--sbom-format=cyclonedx', '--sbom-type=application'];
  const text = await run('npm', ['sbom', '--omit=dev', ...form], { cwd: root });
  return `${JSON.stringify(onlyBundled(JSON.parse(text) as Sbom, bundled), undefined, 2)}\n`;
}
