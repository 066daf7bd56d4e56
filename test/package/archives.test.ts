import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { check } from '../../scripts/package/executable.ts';
import { readMachine } from '../../scripts/package/header.ts';
import { signatureFaults } from '../../scripts/package/mach-o.ts';
import { fileNames, platforms } from '../../scripts/package/platforms.ts';
import { platformNamed, programOf, readRelease, release, unpack } from './release.ts';

const papers = ['LICENSE', 'THIRD-PARTY-NOTICES', 'kubectl-eps.1'];

describe.each(platforms)('the archive for $name', (platform) => {
  const { program, archive } = fileNames(platform);

  test('is no bigger than 60 MB', () => {
    expect(statSync(path.join(release, archive)).size).toBeLessThanOrEqual(60_000_000);
  });

  test('holds the program and its papers, as plain files with their modes', () => {
    const folder = unpack(platform);
    expect(readdirSync(folder).sort()).toEqual([...papers, program].sort());
    const modes = [...papers, program].map((name) => statSync(path.join(folder, name)).mode & 0o777);
    expect(modes).toEqual([0o644, 0o644, 0o644, 0o755]);
  });

  test('has a program for that platform', () => {
    const file = readFileSync(programOf(platform));
    expect(readMachine(file)).toEqual(platform.machine);
    check(file, platform);
  });
});

describe.each(['darwin_amd64', 'darwin_arm64'])('the program for %s', (name) => {
  const platform = platformNamed(name);

  test('has no page that is not as it was signed', () => {
    expect(signatureFaults(readFileSync(programOf(platform)))).toEqual([]);
  });

  test('would not have been packed with a single bit flipped', () => {
    const file = readFileSync(programOf(platform));
    const at = Math.floor(file.length / 2);
    file.writeUInt8(file.readUInt8(at) ^ 1, at);
    expect(signatureFaults(file)).toHaveLength(1);
    expect(() => {
      check(file, platform);
    }).toThrow(`${name}: macOS would refuse it: [{"kind":"BadPage","page":`);
  });

  test('would not have been packed for another platform', () => {
    expect(() => {
      check(readFileSync(programOf(platform)), platformNamed('linux_amd64'));
    }).toThrow('linux_amd64: not a program for it');
  });
});

const sums = new Map(
  readRelease('checksums.txt')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(66), line.slice(0, 64)]),
);

test('tar archives name nobody, and hold nothing but files', () => {
  for (const { archive } of platforms.map(fileNames).filter(({ archive }) => archive.endsWith('.gz'))) {
    const listing = execFileSync('tar', ['-tvzf', path.join(release, archive), '--numeric-owner']).toString();
    const lines = listing.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^-rw.r-.r-. 0\/0 /);
  }
});

test('checksums.txt has the sum of every other file', () => {
  const files = readdirSync(release).filter((name) => name !== 'checksums.txt');
  expect([...sums.keys()]).toEqual(files.sort());
  for (const [name, sum] of sums) {
    expect(createHash('sha256').update(readRelease(name)).digest('hex'), name).toBe(sum);
  }
});

test("krew's manifest has the sums of the archives", () => {
  const { metadata, spec } = load(readRelease('eps.yaml').toString()) as {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly platforms: readonly { readonly uri: string; readonly sha256: string }[] };
  };
  expect(metadata.name).toBe('eps');
  expect(spec.platforms.map(({ uri, sha256 }) => [path.basename(uri), sha256])).toEqual(
    platforms.map(fileNames).map(({ archive }) => [archive, sums.get(archive)]),
  );
});

test('the bill of materials lists what is in the program, and the notices have a section for each', () => {
  const sbom = JSON.parse(readRelease('kubectl-eps.cdx.json').toString()) as {
    readonly bomFormat: string;
    readonly metadata: { readonly component: { readonly name: string } };
    readonly components: readonly { readonly name: string; readonly version: string }[];
  };
  expect([sbom.bomFormat, sbom.metadata.component.name]).toEqual(['CycloneDX', 'kubectl-eps']);
  const names = sbom.components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['ink', 'react', '@kubernetes/client-node', 'bun']));
  expect(names).not.toContain('vitest');
  const notices = readFileSync(
    path.join(unpack(platformNamed('linux_amd64')), 'THIRD-PARTY-NOTICES'),
    'utf8',
  );
  for (const { name, version } of sbom.components.filter(({ name }) => name !== 'bun')) {
    expect(notices).toContain(`\n${name} ${version} (`);
  }
  expect(notices).toMatch(/^Bun\n/);
});

test('the man page is one that man can show', () => {
  const file = path.join(unpack(platformNamed('linux_amd64')), 'kubectl-eps.1');
  const plain = ['-P', '-cbou'];
  const shown = execFileSync('groff', ['-man', '-Tascii', '-ww', ...plain, file], { stdio: 'pipe' });
  expect(shown.toString()).toContain('kubectl eps COMMAND [flags]');
});
