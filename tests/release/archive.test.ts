import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { tarGz, zip } from "../../scripts/release/archive.ts";
import { notRun, withDirectory } from "../app/program.ts";

const entries = [
  { name: "cacheauth", bytes: Buffer.from("#!/bin/sh\necho here\n".repeat(5000)), executable: true },
  { name: "empty", bytes: Buffer.alloc(0), executable: false },
  { name: "licences.txt", bytes: Buffer.alloc(512, "é"), executable: false },
];

test("archive: tar reads a tar.gz back, with modes, owner and time", () =>
  withDirectory(async (directory) => {
    const file = join(directory, "a.tar.gz");
    writeFileSync(file, tarGz(entries));
    const env = { PATH: process.env["PATH"] ?? "", TZ: "UTC", LC_ALL: "C" };
    const listed = execFileSync("tar", ["--numeric-owner", "--full-time", "-tvzf", file], { env, encoding: "utf8" });
    assert.deepEqual(
      listed
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/ +/g, " ")),
      [
        "-rwxr-xr-x 0/0 100000 1980-01-01 00:00:00 cacheauth",
        "-rw-r--r-- 0/0 0 1980-01-01 00:00:00 empty",
        "-rw-r--r-- 0/0 512 1980-01-01 00:00:00 licences.txt",
      ],
    );
    execFileSync("tar", ["-xzf", file, "-C", directory]);
    for (const { name, bytes } of entries) assert.deepEqual(readFileSync(join(directory, name)), bytes);
  }));

test("archive: Python reads a zip back, with modes and time", () =>
  withDirectory(async (directory) => {
    const file = join(directory, "a.zip");
    writeFileSync(file, zip(entries));
    const script = `import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for each in archive.infolist(): print(each.filename, each.file_size, oct(each.external_attr >> 16), each.date_time)
archive.extractall(sys.argv[2])`;
    const { status, stdout, stderr } = spawnSync("python3", ["-c", script, file, directory], { encoding: "utf8" });
    if (status === null) return notRun("reading a zip, for want of python3");
    assert.equal(status, 0, stderr);
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      "cacheauth 100000 0o100755 (1980, 1, 1, 0, 0, 0)",
      "empty 0 0o100644 (1980, 1, 1, 0, 0, 0)",
      "licences.txt 512 0o100644 (1980, 1, 1, 0, 0, 0)",
    ]);
    for (const { name, bytes } of entries) assert.deepEqual(readFileSync(join(directory, name)), bytes);
  }));

test("archive: the head of a tar.gz tells neither when nor on which system it was made", () => {
  // RFC 1952, 2.3: what it is, how packed, no flags; the time; how hard it was packed; the system, 255 is unknown.
  assert.equal(tarGz(entries).subarray(0, 10).toString("hex"), "1f8b08000000000002ff");
});

test("archive: a name that would be cut is refused", () => {
  assert.throws(() => tarGz([{ name: "a".repeat(101), bytes: Buffer.alloc(0), executable: false }]), /too long/);
});
