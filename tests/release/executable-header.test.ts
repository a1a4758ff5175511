import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readHeader } from "../../scripts/release/executable-header.ts";
import { linked } from "./mach-o.ts";

test("executable header: the Node that runs this", { skip: process.platform !== "linux" }, () => {
  const { format, architecture, loader, authenticode } = readHeader(readFileSync(process.execPath)) ?? {};
  assert.deepEqual(
    { format, architecture, authenticode },
    { format: "ELF", architecture: process.arch, authenticode: 0 },
  );
  assert.match(String(loader), /^\/lib.*\/ld-/);
});

for (const architecture of ["x64", "arm64"] as const) {
  test(`executable header: a program for macOS (${architecture})`, () => {
    const { file } = linked(architecture);
    assert.deepEqual(readHeader(file), { format: "Mach-O", architecture, loader: null, authenticode: 0 });
    // An object file is of the same format, and no program.
    file.writeUInt32LE(1, 12);
    assert.equal(readHeader(file), null);
  });
}

/** The fields alone that a loader goes by: PE Format, "COFF File Header" and "Optional Header Data Directories". */
function windowsProgram(machine: number, certificate: number): Buffer {
  const file = Buffer.alloc(1024);
  file.write("MZ", 0, "latin1");
  file.writeUInt32LE(0x80, 0x3c);
  file.write("PE\0\0", 0x80, "latin1");
  file.writeUInt16LE(machine, 0x84);
  file.writeUInt16LE(0x20b, 0x98);
  file.writeUInt32LE(certificate, 0x98 + 112 + 36);
  return file;
}

test("executable header: programs for Windows, with and without a signature", () => {
  const bare = { format: "PE", loader: null, authenticode: 0 };
  assert.deepEqual(readHeader(windowsProgram(0x8664, 0)), { ...bare, architecture: "x64" });
  assert.deepEqual(readHeader(windowsProgram(0xaa64, 0)), { ...bare, architecture: "arm64" });
  assert.deepEqual(readHeader(windowsProgram(0x8664, 9816)), { ...bare, architecture: "x64", authenticode: 9816 });
});

test("executable header: what is no program for one of the two processors is none", () => {
  assert.equal(readHeader(Buffer.alloc(0)), null);
  assert.equal(readHeader(Buffer.from("#!/bin/sh\n".repeat(100))), null);
  assert.equal(readHeader(windowsProgram(0x14c, 0)), null);
});
