/** What an executable runs on. */
export type Machine = {
  readonly format: 'ELF' | 'Mach-O' | 'PE';
  readonly arch: 'amd64' | 'arm64';
};

type Machines = ReadonlyMap<number, Machine['arch']>;

/** ELF: EM_X86_64, EM_AARCH64 of elf.h. */
const elfMachines: Machines = new Map([
  [62, 'amd64'],
  [183, 'arm64'],
]);

/** Mach-O: CPU_TYPE_X86_64, CPU_TYPE_ARM64 of mach/machine.h. */
const machMachines: Machines = new Map([
  [0x0100_0007, 'amd64'],
  [0x0100_000c, 'arm64'],
]);

/** PE: IMAGE_FILE_MACHINE_AMD64, IMAGE_FILE_MACHINE_ARM64 of the PE specification. */
const peMachines: Machines = new Map([
  [0x8664, 'amd64'],
  [0xaa64, 'arm64'],
]);

/** Where a PE file has the offset of its own header. */
const peHeaderAt = 0x3c;

function named(format: Machine['format'], arch: Machine['arch'] | undefined): Machine | undefined {
  return arch && { format, arch };
}

/** What the file says of itself in its first bytes; `undefined` when it is no 64-bit program of those we make. */
export function readMachine(file: Buffer): Machine | undefined {
  if (file.length < 64) return undefined;
  if (file.readUInt32BE(0) === 0x7f45_4c46 && file[4] === 2) {
    return named('ELF', elfMachines.get(file.readUInt16LE(18)));
  }
  if (file.readUInt32LE(0) === 0xfeed_facf) return named('Mach-O', machMachines.get(file.readUInt32LE(4)));
  const header = file.readUInt32LE(peHeaderAt);
  const isPe = file.toString('latin1', 0, 2) === 'MZ' && file.length >= header + 6;
  if (isPe && file.toString('latin1', header, header + 4) === 'PE\0\0') {
    return named('PE', peMachines.get(file.readUInt16LE(header + 4)));
  }
  return undefined;
}
