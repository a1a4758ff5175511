/** Archives with nothing in them of when, where or by whom they were made: the same files give the same bytes. */
import { crc32, deflateRawSync, gzipSync } from "node:zlib";

export interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
  readonly executable: boolean;
}

/** 1980-01-01, the first day that a zip file can tell. */
const fixedTime = 315_532_800;
const zipDate = 0x21;

/** A gzipped tar in the ustar format; owner 0, group 0. */
export function tarGz(entries: readonly Entry[]): Buffer {
  const parts = entries.flatMap((entry) => [
    tarHeader(entry),
    entry.bytes,
    Buffer.alloc((512 - (entry.bytes.length % 512)) % 512),
  ]);
  const zipped = gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]), { level: 9 });
  // The head of a gzip file tells when and on which system it was made.
  zipped.writeUInt32LE(0, 4);
  zipped.writeUInt8(255, 9);
  return zipped;
}

export function zip(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = deflateRawSync(entry.bytes, { level: 9 });
    const about = zipFields(entry, data.length);
    const file = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), about, Buffer.from(entry.name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((0o100000 | mode(entry)) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    // Made by: 3 is Unix, so that the mode is read; 20 is the version of the format.
    directory.push(Buffer.from("PK\x01\x02\x14\x03", "latin1"), about, tail, Buffer.from(entry.name));
    files.push(file);
    offset += file.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, central, end]);
}

/** What a file's own head and its line in the directory both have: from the version that is needed to the extra field. */
function zipFields({ name, bytes }: Entry, packed: number): Buffer {
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(8, 4);
  about.writeUInt16LE(zipDate, 8);
  about.writeUInt32LE(crc32(bytes), 10);
  about.writeUInt32LE(packed, 14);
  about.writeUInt32LE(bytes.length, 18);
  about.writeUInt16LE(Buffer.byteLength(name), 22);
  return about;
}

function tarHeader(entry: Entry): Buffer {
  const head = Buffer.alloc(512);
  const octal = (value: number, at: number, length: number) =>
    head.write(value.toString(8).padStart(length - 1, "0"), at, "latin1");
  if (Buffer.byteLength(entry.name) > 100) throw new Error(`the name ${entry.name} is too long for this tar`);
  head.write(entry.name, 0);
  octal(mode(entry), 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(entry.bytes.length, 124, 12);
  octal(fixedTime, 136, 12);
  head.write("        ", 148, "latin1");
  head.write("0", 156, "latin1");
  head.write("ustar\x0000", 257, "latin1");
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return head;
}

function mode({ executable }: Entry): number {
  return executable ? 0o755 : 0o644;
}
