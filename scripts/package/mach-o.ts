import { createHash } from 'node:crypto';

/** A page whose bytes are not those that were signed, or why there is no signature to hold them against. */
export type SignatureFault =
  | { readonly kind: 'BadPage'; readonly page: number }
  | { readonly kind: 'Unsigned'; readonly reason: string };

/** From mach-o/loader.h: after the header of a 64-bit file come the load commands, each with its type and size. */
const commandsAt = 32;
const codeSignatureCommand = 0x1d;

/** From xnu's cs_blobs.h; what belongs to a signature is big-endian. */
const superBlobMagic = 0xfade_0cc0;
const codeDirectoryMagic = 0xfade_0c02;
/** Hash types there, and what node calls them. */
const hashes: ReadonlyMap<number, string> = new Map([
  [1, 'sha1'],
  [2, 'sha256'],
]);

/** Where the signature lies; `undefined` without one. */
function signatureAt(file: Buffer): number | undefined {
  let at = commandsAt;
  for (let left = file.readUInt32LE(16); left > 0; left -= 1) {
    if (file.readUInt32LE(at) === codeSignatureCommand) return file.readUInt32LE(at + 8);
    at += file.readUInt32LE(at + 4);
  }
  return undefined;
}

/** The CodeDirectories of a signature; there may be one for each kind of hash. */
function codeDirectories(signature: Buffer): readonly Buffer[] {
  if (signature.readUInt32BE(0) !== superBlobMagic) return [];
  return Array.from({ length: signature.readUInt32BE(8) }, (_, index) =>
    signature.subarray(signature.readUInt32BE(16 + index * 8)),
  ).filter((blob) => blob.readUInt32BE(0) === codeDirectoryMagic);
}

function badPages(file: Buffer, directory: Buffer, signedLength: number): readonly SignatureFault[] {
  const hash = hashes.get(directory[37] ?? 0);
  if (hash === undefined) return [{ kind: 'Unsigned', reason: 'its hashes are of an unknown kind' }];
  const codeLimit = directory.readUInt32BE(32);
  const pageSize = 2 ** (directory[39] ?? 0);
  const pages = Math.ceil(codeLimit / pageSize);
  if (codeLimit !== signedLength || directory.readUInt32BE(28) !== pages) {
    return [{ kind: 'Unsigned', reason: 'its signature does not cover the whole file' }];
  }
  const [hashesAt, hashSize] = [directory.readUInt32BE(16), directory[36] ?? 0];
  return Array.from({ length: pages }, (_, page) => page)
    .filter((page) => {
      const code = file.subarray(page * pageSize, Math.min((page + 1) * pageSize, codeLimit));
      const signed = directory.subarray(hashesAt + page * hashSize, hashesAt + (page + 1) * hashSize);
      return !createHash(hash).update(code).digest().subarray(0, hashSize).equals(signed);
    })
    .map((page) => ({ kind: 'BadPage', page }));
}

/**
 * Hashes each page of a 64-bit Mach-O file again, as macOS does before it runs it, and gives what is wrong with its
 * signature: nothing, where macOS will start it.
 */
export function signatureFaults(file: Buffer): readonly SignatureFault[] {
  const at = signatureAt(file);
  const directories = at === undefined ? [] : codeDirectories(file.subarray(at));
  if (at === undefined || directories.length === 0)
    return [{ kind: 'Unsigned', reason: 'it has no signature' }];
  return directories.flatMap((directory) => badPages(file, directory, at));
}
