import assert from "node:assert/strict";
import { test } from "node:test";
import { accessForms } from "../../src/setup/access-forms.ts";

test("access forms: what AWS makes of a string is among them, and nothing that allows more", () => {
  assert.deepEqual(accessForms("on ~* +@all"), ["on ~* +@all"]);
  assert.deepEqual(accessForms("on ~app:* +@read"), ["on ~app:* +@read", "on ~app:* -@all +@read"]);
  assert.ok(accessForms("on allkeys allcommands").includes("on ~* +@all"));
  assert.ok(accessForms("on +get ~keys*").includes("on ~keys* -@all +get"));
  assert.ok(!accessForms("on ~* +@all -@dangerous").includes("on ~* -@dangerous +@all"));
  assert.ok(!accessForms("on ~* -@all").includes("on ~*"));
  assert.deepEqual(accessForms("on (~a +get) ~b +@read"), ["on (~a +get) ~b +@read"]);
});
