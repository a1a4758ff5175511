import type { Command, Flag } from "../commands/command.ts";
import { variable } from "../commands/completion/request.ts";
import type { Runtime } from "../runtime.ts";
import { regionCodes } from "../target/regions.ts";
import { profileNames } from "./profile-names.ts";
import { nothing, plainWords, type SuggestedWord, type Suggestion, suggested } from "./suggestion.ts";

/** What a flag's value may be; `prefix` is what stands before it in the same word. */
export async function flagValue(flag: Flag, typed: string, prefix: string, runtime: Runtime): Promise<Suggestion> {
  const { choices, choicesBehind, value = "" } = flag;
  if (choices === "variables") {
    const names = Object.keys(runtime.host.env).filter((name) => /^[A-Za-z_]\w*$/.test(name) && name !== variable);
    return suggested(plainWords(names), prefix);
  }
  if (choices !== undefined) return choicesBehind === undefined ? known(choices, prefix) : part(flag, typed, prefix);
  if (value === "FILE") return { ...nothing, prefix, shell: "files" };
  if (value === "DIR") return { ...nothing, prefix, shell: "folders" };
  const words = await byPlaceholder(value, runtime);
  // Apart from its flag, a value that begins with a dash would be read as a flag.
  return suggested(prefix === "" ? words.filter(({ word }) => !word.startsWith("-")) : words, prefix);
}

/** What the next argument of a command may be. */
export async function argumentWords(
  { words, phrases }: Command,
  args: readonly string[],
  runtime: Runtime,
): Promise<readonly SuggestedWord[]> {
  const place = words[args.length];
  if (place === undefined) return [];
  if (phrases === undefined) {
    return (await byPlaceholder(place, runtime)).filter(({ word }) => !word.startsWith("-"));
  }
  const nexts = phrases
    .map((phrase) => phrase.split(" "))
    .filter((parts) => args.every((arg, index) => parts[index] === arg))
    .flatMap((parts) => parts[args.length] ?? []);
  return plainWords([...new Set(nexts)]);
}

async function byPlaceholder(placeholder: string, runtime: Runtime): Promise<readonly SuggestedWord[]> {
  if (placeholder === "REGION") return plainWords([...new Set(regionCodes.map(([, region]) => region))]);
  if (placeholder === "PROFILE") return plainWords(await profileNames(runtime.host));
  return [];
}

function known(choices: readonly string[], prefix: string): Suggestion {
  return suggested(plainWords(choices), prefix);
}

/** Of a value with parts the one that the cursor is in, without those that are there already. */
function part({ choices, choicesBehind = "," }: Flag, typed: string, prefix: string): Suggestion {
  const end = typed.lastIndexOf(choicesBehind) + 1;
  if (!Array.isArray(choices) || (choicesBehind === "=" && end === 0)) return nothing;
  const before = typed.slice(0, end);
  const there = before.split(choicesBehind);
  return known(
    choices.filter((choice) => !there.includes(choice)),
    prefix + before,
  );
}
