import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCodeSignature } from "../../scripts/release/code-signature.ts";
import { readMachO } from "../../scripts/release/mach-o.ts";
import { signAdHoc } from "../../scripts/release/sign-ad-hoc.ts";
import { linked } from "./mach-o.ts";

/** What the system loads reaches to the end of the file, and no further. */
function assertLoadable(file: Buffer): void {
  const { signature, linkEdit } = readMachO(file);
  assert.equal(signature.offset + signature.size, file.length);
  assert.ok(linkEdit.offset + linkEdit.inMemory >= file.length);
}

for (const architecture of ["x64", "arm64"] as const) {
  const { file, identifier } = linked(architecture);
  const { signature } = readMachO(file);

  test(`code signature: every hash of what a linker signed is right (${architecture})`, () => {
    const pages = Math.ceil(signature.offset / 4096);
    assert.deepEqual(readCodeSignature(file), { identifier, adHoc: true, pages, complete: true, wrongPages: [] });
  });

  test(`code signature: a changed byte makes the hash of its page wrong, and no other (${architecture})`, () => {
    fc.assert(
      // The load commands say where everything is: past them it is content.
      fc.property(
        fc.integer({ min: 4096, max: signature.offset - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const changed = Buffer.from(file);
          changed[at] = (changed[at] ?? 0) ^ change;
          assert.deepEqual(readCodeSignature(changed).wrongPages, [Math.floor(at / 4096)]);
        },
      ),
    );
  });

  test(`code signature: signed anew it is, byte for byte, what the linker made (${architecture})`, () => {
    assert.deepEqual(signAdHoc(file, identifier), file);
  });

  test(`code signature: a changed file signed anew is right again, under its new name (${architecture})`, () => {
    const changed = Buffer.from(file);
    changed.fill(0x2a, 5000, 9000);
    const signed = signAdHoc(changed, "cacheauth");
    const { wrongPages, complete, ...about } = readCodeSignature(signed);
    assert.deepEqual(
      { wrongPages, complete, identifier: about.identifier },
      {
        wrongPages: [],
        complete: true,
        identifier: "cacheauth",
      },
    );
    assertLoadable(signed);
    assert.deepEqual(signed.subarray(5000, 9000), changed.subarray(5000, 9000));
  });
}

test("code signature: one that reaches less far than the file is not complete", () => {
  const { file } = linked("x64");
  const { signature, linkEdit } = readMachO(file);
  // As where something was put in before the signature, and the signature was carried over.
  const grown = Buffer.concat([
    file.subarray(0, signature.offset),
    Buffer.alloc(8192),
    file.subarray(signature.offset),
  ]);
  grown.writeUInt32LE(signature.offset + 8192, signature.command + 8);
  grown.writeBigUInt64LE(BigInt(signature.offset + signature.size + 8192 - linkEdit.offset), linkEdit.command + 48);
  assert.equal(readCodeSignature(grown).complete, false);
  // The load commands have changed, and are in its first page.
  assert.deepEqual(readCodeSignature(grown).wrongPages, [0]);
  const signed = signAdHoc(grown, "tiny");
  const { complete, wrongPages } = readCodeSignature(signed);
  assert.deepEqual({ complete, wrongPages }, { complete: true, wrongPages: [] });
  // Two pages more have two hashes more, for which there was no room.
  assert.equal(signed.length, grown.length + 64);
  assertLoadable(signed);
});

test("code signature: what is not one is said, not read", () => {
  const { file } = linked("arm64");
  const { signature } = readMachO(file);
  const blank = Buffer.from(file);
  blank.fill(0, signature.offset);
  assert.throws(() => readCodeSignature(blank), /no signature where the file says/);
  const unsigned = Buffer.from(file);
  unsigned.writeUInt32LE(0x26, signature.command);
  assert.throws(() => readCodeSignature(unsigned), /without a signature/);
});
