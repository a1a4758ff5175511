/** What ElastiCache calls a user group is an ACL in MemoryDB, and is called so wherever a person reads it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DoctorAnswer, doctorText } from "../../src/commands/doctor/text.ts";
import { judgeCache } from "../../src/judge/judge-records.ts";
import { createColour } from "../../src/terminal/colour.ts";
import { goodWorld } from "../judge/good-worlds.ts";
import { user } from "../judge/situations/make.ts";
import { examine } from "./examine.ts";

const paper = { colour: createColour(false), width: 120 };
const memorydb = goodWorld("memorydb-cluster");
const changing = { ...memorydb, cache: memorydb.cache && { ...memorydb.cache, status: "modifying" } };

test("doctor: of MemoryDB the ACL is an ACL, of ElastiCache the group a group", async () => {
  const text = async (world: typeof memorydb) => doctorText((await examine({ world })).answer as DoctorAnswer, paper);
  assert.match(await text(memorydb), /^ {2}cache +.*, ACL my-group$/m);
  assert.match(await text(goodWorld("replication-group")), /^ {2}cache +.*, group my-group$/m);
  const off = await text(user({ access: "off ~* +@all" })(memorydb));
  assert.doesNotMatch(off.replaceAll("my-group", ""), /group/);
});

test("doctor: while a MemoryDB cluster is changed, changes of ACLs come later", () => {
  assert.match(judgeCache(changing)[0]?.message ?? "", /changes of users and ACLs come later\.$/);
});
