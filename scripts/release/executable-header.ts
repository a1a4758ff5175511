/** What the first bytes of an executable say that it is, for any of the three formats. */
export interface Header {
  readonly format: "ELF" | "Mach-O" | "PE";
  readonly architecture: "x64" | "arm64";
  /** The loader that an ELF file asks for. */
  readonly loader: string | null;
  /** A PE file's Authenticode signature: bytes; Bun's own would no longer be true of what it was made into. */
  readonly authenticode: number;
}

/** Null where it is none of them, or for a processor that no release is made for. */
export function readHeader(file: Buffer): Header | null {
  if (file.length < 0x200) return null;
  if (file.readUInt32BE(0) === 0x7f454c46) return readElf(file);
  if (file.readUInt32LE(0) === 0xfeedfacf) return readMachO(file);
  if (file.toString("latin1", 0, 2) === "MZ") return readPe(file);
  return null;
}

function readElf(file: Buffer): Header | null {
  const architecture = oneOf(file.readUInt16LE(18), 62, 183);
  const isElf64LittleEndian = file[4] === 2 && file[5] === 1;
  if (!isElf64LittleEndian || architecture === null) return null;
  const at = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  const count = file.readUInt16LE(56);
  let loader: string | null = null;
  for (let header = at; header < at + size * count; header += size) {
    const isInterpreter = file.readUInt32LE(header) === 3;
    if (!isInterpreter) continue;
    const start = Number(file.readBigUInt64LE(header + 8));
    loader = file.toString("latin1", start, file.indexOf(0, start));
  }
  return { format: "ELF", architecture, loader, authenticode: 0 };
}

function readMachO(file: Buffer): Header | null {
  const architecture = oneOf(file.readUInt32LE(4), 0x01000007, 0x0100000c);
  const isExecutable = file.readUInt32LE(12) === 2;
  return isExecutable && architecture ? { format: "Mach-O", architecture, loader: null, authenticode: 0 } : null;
}

function readPe(file: Buffer): Header | null {
  const at = file.readUInt32LE(0x3c);
  if (at + 0xb0 > file.length || file.toString("latin1", at, at + 4) !== "PE\0\0") return null;
  const architecture = oneOf(file.readUInt16LE(at + 4), 0x8664, 0xaa64);
  const optional = at + 24;
  const isPe32Plus = file.readUInt16LE(optional) === 0x20b;
  if (!isPe32Plus || architecture === null) return null;
  // The fifth data directory is the certificate table: offset, then size.
  const authenticode = file.readUInt32LE(optional + 112 + 4 * 8 + 4);
  return { format: "PE", architecture, loader: null, authenticode };
}

/** Each format has its own numbers for the processors. */
function oneOf(machine: number, x64: number, arm64: number): Header["architecture"] | null {
  return machine === x64 ? "x64" : machine === arm64 ? "arm64" : null;
}
