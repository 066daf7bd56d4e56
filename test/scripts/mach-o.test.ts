import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readMachine } from '../../scripts/package/header.ts';
import { signatureFaults } from '../../scripts/package/mach-o.ts';

const pageSize = 4096;

/** The smallest file that is signed as macOS signs: a header, one load command, code, and the hash of each page. */
function signed({ pages = 2, signs = pages }: { pages?: number; signs?: number } = {}): Buffer {
  const code = Buffer.alloc(pages * pageSize, 7);
  code.writeUInt32LE(0xfeed_facf, 0);
  code.writeUInt32LE(0x0100_0007, 4);
  // Two load commands: one that is passed over, LC_CODE_SIGNATURE with where it is.
  code.writeUInt32LE(2, 16);
  code.writeUInt32LE(0x2, 32);
  code.writeUInt32LE(24, 36);
  code.writeUInt32LE(0x1d, 56);
  code.writeUInt32LE(16, 60);
  code.writeUInt32LE(code.length, 64);

  const directory = Buffer.alloc(44);
  directory.writeUInt32BE(0xfade_0c02, 0);
  directory.writeUInt32BE(44, 16);
  directory.writeUInt32BE(signs, 28);
  directory.writeUInt32BE(signs * pageSize, 32);
  directory.writeUInt8(32, 36);
  directory.writeUInt8(2, 37);
  directory.writeUInt8(12, 39);
  const hashes = Array.from({ length: signs }, (_, page) =>
    createHash('sha256')
      .update(code.subarray(page * pageSize, (page + 1) * pageSize))
      .digest(),
  );
  const blob = Buffer.alloc(20);
  blob.writeUInt32BE(0xfade_0cc0, 0);
  blob.writeUInt32BE(1, 8);
  blob.writeUInt32BE(20, 16);
  return Buffer.concat([code, blob, directory, ...hashes]);
}

describe('signatureFaults', () => {
  test('finds nothing where every page is as it was signed', () => {
    expect(signatureFaults(signed())).toEqual([]);
  });

  test('finds each page that is not', () => {
    const file = signed({ pages: 3 });
    file.writeUInt8(8, pageSize + 1);
    file.writeUInt8(8, 3 * pageSize - 1);
    expect(signatureFaults(file)).toEqual([
      { kind: 'BadPage', page: 1 },
      { kind: 'BadPage', page: 2 },
    ]);
  });

  test('a signature of a part of the file is none', () => {
    expect(signatureFaults(signed({ pages: 3, signs: 2 }))).toEqual([
      { kind: 'Unsigned', reason: 'its signature does not cover the whole file' },
    ]);
  });

  test('hashes of an unknown kind say nothing', () => {
    const file = signed();
    file.writeUInt8(9, 2 * pageSize + 20 + 37);
    expect(signatureFaults(file)).toEqual([
      { kind: 'Unsigned', reason: 'its hashes are of an unknown kind' },
    ]);
  });

  test('a file without a signature is unsigned', () => {
    const file = signed();
    file.writeUInt32LE(1, 16);
    expect(signatureFaults(file)).toEqual([{ kind: 'Unsigned', reason: 'it has no signature' }]);
  });
});

describe('readMachine', () => {
  const elf = (machine: number) => {
    const file = Buffer.alloc(64);
    file.write('\u007fELF\u0002', 'latin1');
    file.writeUInt16LE(machine, 18);
    return file;
  };
  const pe = (machine: number) => {
    const file = Buffer.alloc(128);
    file.write('MZ', 'latin1');
    file.writeUInt32LE(80, 0x3c);
    file.write('PE\0\0', 80, 'latin1');
    file.writeUInt16LE(machine, 84);
    return file;
  };

  test.each([
    [elf(62), { format: 'ELF', arch: 'amd64' }],
    [elf(183), { format: 'ELF', arch: 'arm64' }],
    [pe(0x8664), { format: 'PE', arch: 'amd64' }],
    [pe(0xaa64), { format: 'PE', arch: 'arm64' }],
    [signed(), { format: 'Mach-O', arch: 'amd64' }],
  ])('reads what it runs on', (file, machine) => {
    expect(readMachine(file)).toEqual(machine);
  });

  test.each([
    ['of another processor', elf(40)],
    ['that is text', Buffer.from('#!/bin/sh\n'.padEnd(64))],
    ['that is cut off', elf(62).subarray(0, 20)],
    ['whose PE header is missing', pe(0x8664).subarray(0, 70)],
  ])('knows no file %s', (_, file) => {
    expect(readMachine(file)).toBeUndefined();
  });
});
