/** Where the parts of a 64-bit Mach-O file lie that a signature is about. */
export interface MachO {
  /** The whole file is signed up to here. */
  readonly signature: { readonly offset: number; readonly size: number; readonly command: number };
  readonly text: { readonly offset: number; readonly size: number };
  /** The segment that the signature is in, and where its load command lies. */
  readonly linkEdit: { readonly offset: number; readonly inMemory: number; readonly command: number };
}

const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;

export function readMachO(file: Buffer): MachO {
  const segments = new Map<string, { inMemory: number; offset: number; size: number; command: number }>();
  let signature: MachO["signature"] | null = null;
  const count = file.readUInt32LE(16);
  for (let index = 0, at = 32; index < count; index += 1, at += file.readUInt32LE(at + 4)) {
    const command = file.readUInt32LE(at);
    if (command === LC_SEGMENT_64) {
      segments.set(file.toString("latin1", at + 8, at + 24).replace(/\0+$/, ""), {
        inMemory: Number(file.readBigUInt64LE(at + 32)),
        offset: Number(file.readBigUInt64LE(at + 40)),
        size: Number(file.readBigUInt64LE(at + 48)),
        command: at,
      });
    }
    if (command === LC_CODE_SIGNATURE) {
      signature = { offset: file.readUInt32LE(at + 8), size: file.readUInt32LE(at + 12), command: at };
    }
  }
  const text = segments.get("__TEXT");
  const linkEdit = segments.get("__LINKEDIT");
  if (!signature || !text || !linkEdit) throw new Error("a Mach-O file without a signature, __TEXT or __LINKEDIT");
  return { signature, text, linkEdit };
}
