import { AD_HOC, CODE_DIRECTORY, hashOfPage, SHA256, SUPER_BLOB } from "./code-signature.ts";
import { type MachO, readMachO } from "./mach-o.ts";

const pageBits = 12;
const pageSize = 2 ** pageBits;
const directoryHead = 88;
/** Twenty bytes, up to the next eight. */
const superBlobHead = 24;
/** The version of the code directory that tells where the program's own code is. */
const version = 0x20400;
/** Like a linker's own: macOS lets codesign replace it without being forced to. */
const linkerSigned = 0x20000;
const mainBinary = 1n;

/**
 * The same file with a new signature in the place of the old one, which nobody has put his name to: hashes alone, as
 * a linker makes them. Apple Silicon runs nothing without one, and no Mac runs what has a wrong one.
 */
export function signAdHoc(file: Buffer, identifier: string): Buffer {
  const before = readMachO(file);
  const limit = before.signature.offset;
  const size = signatureSize(limit, identifier);
  const signed = Buffer.alloc(limit + size);
  file.copy(signed, 0, 0, limit);
  // The load commands are in the first page, so they are set before it is hashed.
  fitLoadCommands(signed, before, size);
  writeSignature(signed, before, identifier);
  return signed;
}

function signatureSize(limit: number, identifier: string): number {
  return hashesAt(identifier) + Math.ceil(limit / pageSize) * 32;
}

/** From the start of the signature; rounded up to sixteen, as LLVM's linker does. */
function hashesAt(identifier: string): number {
  return Math.ceil((superBlobHead + directoryHead + identifier.length + 1) / 16) * 16;
}

function fitLoadCommands(file: Buffer, { signature, linkEdit }: MachO, size: number): void {
  file.writeUInt32LE(size, signature.command + 12);
  const inFile = signature.offset + size - linkEdit.offset;
  file.writeBigUInt64LE(BigInt(inFile), linkEdit.command + 48);
  if (linkEdit.inMemory >= inFile) return;
  // In memory a segment is whole pages, of the 16 KiB of Apple Silicon.
  file.writeBigUInt64LE(BigInt(Math.ceil(inFile / 0x4000) * 0x4000), linkEdit.command + 32);
}

function writeSignature(file: Buffer, { signature, text }: MachO, identifier: string): void {
  const at = signature.offset;
  const length = signatureSize(at, identifier);
  const directory = file.subarray(at + superBlobHead, at + length);
  const pages = Math.ceil(at / pageSize);
  const hashes = hashesAt(identifier) - superBlobHead;

  file.writeUInt32BE(SUPER_BLOB, at);
  file.writeUInt32BE(length, at + 4);
  file.writeUInt32BE(1, at + 8);
  file.writeUInt32BE(0, at + 12);
  file.writeUInt32BE(superBlobHead, at + 16);

  directory.writeUInt32BE(CODE_DIRECTORY, 0);
  directory.writeUInt32BE(directory.length, 4);
  directory.writeUInt32BE(version, 8);
  directory.writeUInt32BE(AD_HOC | linkerSigned, 12);
  directory.writeUInt32BE(hashes, 16);
  directory.writeUInt32BE(directoryHead, 20);
  directory.writeUInt32BE(pages, 28);
  directory.writeUInt32BE(at, 32);
  directory.writeUInt8(32, 36);
  directory.writeUInt8(SHA256, 37);
  directory.writeUInt8(pageBits, 39);
  directory.writeBigUInt64BE(BigInt(text.offset), 64);
  directory.writeBigUInt64BE(BigInt(text.size), 72);
  directory.writeBigUInt64BE(mainBinary, 80);
  directory.write(identifier, directoryHead, "latin1");
  for (let page = 0; page < pages; page += 1) {
    hashOfPage(file, page, pageSize, at).copy(directory, hashes + page * 32);
  }
}
