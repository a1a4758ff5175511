import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allowsAll, readAccessString } from "../../src/judge/access-string.ts";
import { allowsCommand } from "../../src/judge/allows-command.ts";
import { isOn } from "../../src/judge/is-on.ts";
import { runs } from "../runs.ts";
import { faulty, taken } from "./access-strings.ts";

function permissions(text: string) {
  const { access, fault } = readAccessString(text);
  assert.equal(fault, null, text);
  return access?.permissions ?? [];
}

test("access string: keys, channels and commands, in any case, and words that are no rights passed over", () => {
  assert.deepEqual(readAccessString("ON nopass >secret #hash ~a:* %r~r:* %WR~b &n:* +GET -@Write +config|GET"), {
    access: {
      enabled: true,
      permissions: [
        {
          commands: [
            { allow: true, of: "command", name: "get", argument: null },
            { allow: false, of: "category", name: "write", argument: null },
            { allow: true, of: "command", name: "config", argument: "get" },
          ],
          keys: [
            { pattern: "a:*", read: true, write: true },
            { pattern: "r:*", read: true, write: false },
            { pattern: "b", read: true, write: true },
          ],
          channels: ["n:*"],
        },
      ],
    },
    fault: null,
  });
});

test("access string: without on it is off, and the last of on and off counts", () => {
  const on = (text: string) => readAccessString(text).access?.enabled;
  assert.deepEqual(["", "~* +@all", "off +@all", "on off", "off on"].map(on), [false, false, false, false, true]);
  assert.equal(isOn({ enabled: true }), true);
  assert.equal(isOn({ enabled: true, access: "~* +@all" }), false);
  assert.equal(isOn({ enabled: false, access: "on ~* +@all" }), false);
  assert.equal(isOn({ enabled: true, access: "what is this" }), true);
});

test("access string: all channels, until one is named", () => {
  assert.deepEqual(
    ["on", "resetchannels", "&a &b", "&*", "allchannels resetchannels &a"].map(
      (text) => permissions(text)[0]?.channels,
    ),
    [null, [], ["a", "b"], null, ["a"]],
  );
});

test("access string: a selector is a second set of rights, in one word or several", () => {
  assert.deepEqual(permissions("on ~a (+get %R~b) (~c)"), permissions("on  ~a ( +get  %R~b ) (~c)"));
  assert.equal(permissions("on ~a (+get %R~b) (~c)").length, 3);
  assert.equal(permissions("on (~a) clearselectors (~b)").length, 2);
});

test("access string: what is none is told with its place", () => {
  assert.deepEqual(
    faulty.map(([text]) => {
      const { fault } = readAccessString(text, ({ name }) => name !== "gett");
      assert.match(fault?.fix ?? "", /^[A-Z].*\.$/, text);
      return [text, fault?.place, fault?.what];
    }),
    faulty,
  );
  for (const text of taken) assert.equal(readAccessString(text).fault, null, text);
});

test("access string: all is allowed only where nothing is taken away", () => {
  for (const text of ["on ~* +@all", "allkeys allcommands &*", "%RW~* +@all +get", "on (~* +@all)", "-get ~* +@all"])
    assert.equal(allowsAll({ enabled: true, permissions: permissions(text) }), true, text);
  for (const text of ["", "~* +@all -get", "~* +@read", "%R~* +@all", "~* +@all &a", "~* +@all -@all", "~* (+@all)"])
    assert.equal(allowsAll({ enabled: true, permissions: permissions(text) }), false, text);
});

test("access string: of the rules for a command the last counts, and a command's is about its subcommands", () => {
  const may = (text: string, name: string, categories: string[] = [], firstArgument: string | null = null) =>
    permissions(text).some((one) => allowsCommand(one, { name, categories, firstArgument }));
  assert.ok(may("+@all -@dangerous +keys", "keys", ["dangerous"]));
  assert.ok(!may("+keys -@dangerous", "keys", ["dangerous"]));
  assert.ok(may("+config", "config|get") && !may("+config -config|get", "config|get"));
  assert.ok(may("-@all +config|get", "config|get") && !may("+config|get", "config|set"));
  assert.ok(may("+select|0", "select", [], "0") && !may("+select|0", "select", [], "1"));
  assert.ok(!may("+select|0 -select", "select", [], "0") && may("+select +select|0", "select", [], "1"));
});

test("access string: whatever it is given, it is read or refused with a place", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "on",
      "off",
      "~*",
      "~a",
      "%R~b",
      "&*",
      "&c",
      "+@all",
      "-@read",
      "+get",
      "+config|get",
      "(",
      ")",
      "(+get",
    ),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const { access, fault } = readAccessString(words.join(" "));
      assert.notEqual(access === null, fault === null);
      if (fault) assert.match(fault.place, /^word \d+, "/);
    }),
    runs(2000),
  );
});
