import * as z from "zod/mini";
import { CacheauthError, shown } from "../../errors.ts";
import { type Command, defineCommand } from "../command.ts";

/** Schemas by name; loaded when asked for. */
export type Schemas = Readonly<Record<string, () => Promise<z.ZodMiniType>>>;

/** `outputs` are what commands print under --json, by their names; `files` what they read, by the flags that name them. */
export function schemaCommand(outputs: Schemas, files: Schemas): Command<Record<never, never>> {
  const all = { ...outputs, ...files };
  const names = Object.keys(all);
  return defineCommand({
    name: "schema",
    summary: "the JSON Schema of a command's --json output, or of a file that it reads",
    words: ["COMMAND", "VERB"],
    least: 1,
    phrases: names,
    flags: {},
    exits: [0, 2, 70],
    examples: [
      ["what cacheauth token --json prints", "cacheauth schema token"],
      ["of a command that has verbs, one of them", "cacheauth schema session info"],
      ["the file of cacheauth emulate --users", "cacheauth schema users"],
    ],
    async run({ runtime, words }) {
      const name = words.length === 0 ? undefined : words.join(" ");
      const load = name !== undefined && Object.hasOwn(all, name) ? all[name] : undefined;
      if (!load) {
        throw new CacheauthError(
          name === undefined ? "argument-missing" : "argument-unexpected",
          name === undefined ? "No schema was named." : `${shown(name)} has no schema.`,
          `Name one of: ${names.join(", ")}.`,
        );
      }
      const title = Object.hasOwn(outputs, name ?? "") ? `cacheauth ${name} --json` : `the file of --${name}`;
      const schema = { title, ...z.toJSONSchema(await load()) };
      await runtime.io.stdout(`${JSON.stringify(schema, null, 2)}\n`);
      return 0;
    },
  });
}
