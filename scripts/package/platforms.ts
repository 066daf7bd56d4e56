import type { Machine } from './header.ts';

/** One platform that krew knows, and what Bun calls it. */
export type Platform = {
  /** `OS_ARCH`, as Go names them: part of the archive's name. */
  readonly name: string;
  /** Of its executable. */
  readonly machine: Machine;
  /** Bun's `--target`. */
  readonly target: string;
  /** The npm package with Bun's runtime, of the version and integrity that package-lock.json has. */
  readonly runtimePackage: string;
};

export const platforms: readonly Platform[] = [
  {
    name: 'linux_amd64',
    machine: { format: 'ELF', arch: 'amd64' },
    target: 'bun-linux-x64',
    runtimePackage: '@oven/bun-linux-x64',
  },
  {
    name: 'linux_arm64',
    machine: { format: 'ELF', arch: 'arm64' },
    target: 'bun-linux-arm64',
    runtimePackage: '@oven/bun-linux-aarch64',
  },
  {
    name: 'darwin_amd64',
    machine: { format: 'Mach-O', arch: 'amd64' },
    target: 'bun-darwin-x64',
    runtimePackage: '@oven/bun-darwin-x64',
  },
  {
    name: 'darwin_arm64',
    machine: { format: 'Mach-O', arch: 'arm64' },
    target: 'bun-darwin-arm64',
    runtimePackage: '@oven/bun-darwin-aarch64',
  },
  {
    name: 'windows_amd64',
    machine: { format: 'PE', arch: 'amd64' },
    target: 'bun-windows-x64',
    runtimePackage: '@oven/bun-windows-x64',
  },
  {
    name: 'windows_arm64',
    machine: { format: 'PE', arch: 'arm64' },
    target: 'bun-windows-arm64',
    runtimePackage: '@oven/bun-windows-aarch64',
  },
];

/** What is in the archive, and its own name. */
export function fileNames({ name, machine }: Platform): {
  readonly program: string;
  readonly archive: string;
} {
  return machine.format === 'PE'
    ? { program: 'kubectl-eps.exe', archive: `kubectl-eps_${name}.zip` }
    : { program: 'kubectl-eps', archive: `kubectl-eps_${name}.tar.gz` };
}
