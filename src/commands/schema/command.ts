import * as z from "zod/mini";
import { CacheauthError, shown } from "../../errors.ts";
import { type Command, defineCommand } from "../command.ts";

/** The outputs that have a schema, by the names of their commands; loaded when asked for. */
export type Outputs = Readonly<Record<string, () => Promise<z.ZodMiniType>>>;

export function schemaCommand(outputs: Outputs): Command<Record<never, never>> {
  const names = Object.keys(outputs);
  return defineCommand({
    name: "schema",
    summary: "the JSON Schema of a command's --json output",
    words: ["COMMAND", "VERB"],
    flags: {},
    exits: [0, 2, 70],
    examples: [
      ["what cacheauth token --json prints", "cacheauth schema token"],
      ["of a command that has verbs, one of them", "cacheauth schema session info"],
    ],
    async run({ runtime, words }) {
      const name = words.length === 0 ? undefined : words.join(" ");
      const load = name !== undefined && Object.hasOwn(outputs, name) ? outputs[name] : undefined;
      if (!load) {
        throw new CacheauthError(
          name === undefined ? "argument-missing" : "argument-unexpected",
          name === undefined ? "No command was named." : `${shown(name)} has no JSON output.`,
          `Name one of: ${names.join(", ")}.`,
        );
      }
      const schema = { title: `cacheauth ${name} --json`, ...z.toJSONSchema(await load()) };
      await runtime.io.stdout(`${JSON.stringify(schema, null, 2)}\n`);
      return 0;
    },
  });
}
