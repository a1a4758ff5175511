/** The words that are offered for a flag's value are those that its command takes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runCli } from "../../src/cli.ts";
import { commands } from "../../src/cli-commands.ts";
import type { Command, Flag } from "../../src/commands/command.ts";
import { emulateFlags } from "../../src/commands/emulate/flags.ts";
import { execFlags } from "../../src/commands/exec/flags.ts";
import { readWanted } from "../../src/commands/exec/variables.ts";
import { parseFaults } from "../../src/emulate/faults.ts";
import { fakeRuntime } from "../fakes/runtime.ts";

const host = "master.my-cache.abc123.use1.cache.amazonaws.com";
const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "x".repeat(40) };

/** What else a command needs to come as far as this flag. */
const others: Readonly<Record<string, readonly string[]>> = {
  token: [host, "-u", "u"],
  // Nobody listens there: what is right fails later.
  probe: ["127.0.0.1:1", "--no-auth"],
  doctor: ["--permissions"],
  policy: [host, "-u", "u", "--account-id", "123456789012"],
  setup: [host, "-u", "u"],
  "session export": ["nobody"],
};

/** doctor --permissions looks at no flag of the connection. */
const listed = (await flagsWithChoices()).filter(([command]) => command !== "doctor");

for (const [command, name, { choices, choicesBehind = "" }] of listed)
  test(`completion: ${command} --${name} takes what is offered, and nothing else`, async () => {
    const says = async (value: string) => {
      const args = [...command.split(" "), ...(others[command] ?? []), "--json", `--${name}=${value}`];
      const runtime = await fakeRuntime(
        args.filter((word) => word !== "--json" || command !== "token"),
        keys,
      );
      await runCli(runtime);
      return runtime.written.stderr.includes(`--${name}`);
    };
    assert.ok(Array.isArray(choices));
    for (const choice of choices) assert.equal(await says(choice), false, choice);
    assert.equal(await says("nonsense"), true);
    if (choicesBehind === ",") assert.equal(await says(choices.slice(0, 2).join()), false);
  });

test("completion: emulate and exec take what is offered too", () => {
  for (const choice of emulateFlags.fault.choices) assert.doesNotThrow(() => parseFaults(choice), choice);
  for (const choice of execFlags.env.choices) assert.equal(readWanted([`NAME=${choice}`])[0]?.what, choice);
});

test("completion: there are as many flags with choices as before", () => assert.ok(listed.length >= 6));

async function flagsWithChoices(): Promise<readonly (readonly [command: string, flag: string, Flag])[]> {
  const all: Command[] = [];
  for (const entry of Object.values(commands)) {
    if ("verbs" in entry) for (const verb of Object.values(await entry.verbs())) all.push(await verb.load());
    else all.push(await entry.load());
  }
  return all.flatMap((command) =>
    Object.entries(command.flags as Readonly<Record<string, Flag>>)
      // Those of exec and emulate would be carried out: they are looked at below.
      .filter(([, { choices }]) => Array.isArray(choices) && !["exec", "emulate"].includes(command.name))
      .map(([name, flag]) => [command.name, name, flag] as const),
  );
}
