import type { Tree } from "../cli-commands.ts";
import type { Flags } from "../commands/command.ts";
import { variable } from "../commands/completion/request.ts";
import type { Runtime } from "../runtime.ts";
import { quoted } from "../session/shell-lines.ts";
import { escapeForeign } from "../terminal/escape.ts";
import { readBashLine } from "./bash-line.ts";
import { bashReplies } from "./bash-replies.ts";
import { complete } from "./complete.ts";
import { nothing, type Suggestion } from "./suggestion.ts";

/**
 * Answers the scripts of `cacheauth completion`: first a line that says what the shell shall complete by itself, then a line for
 * each word. Never says anything else: it would stand in the middle of somebody's prompt.
 */
export async function answerCompletion(
  asked: readonly string[],
  tree: Tree,
  everyCommand: Flags,
  runtime: Runtime,
): Promise<number> {
  try {
    const lines = await linesFor(asked, runtime, (before, current) =>
      complete({ tree, everyCommand, before, current }, runtime).then(showable),
    );
    await runtime.io.stdout(`${lines.join("\n")}\n`);
    return 0;
  } catch {
    return 1;
  }
}

type Completed = (before: readonly string[], current: string) => Promise<Suggestion>;

async function linesFor(
  [shell, ...words]: readonly string[],
  { host }: Runtime,
  completed: Completed,
): Promise<readonly string[]> {
  if (shell === "bash") {
    const line = readBashLine(words[0] ?? "", words[1] ?? "");
    const suggestion: Suggestion = line.isRedirection
      ? { ...nothing, shell: "files" }
      : await completed(line.before.slice(1), line.current);
    return [suggestion.shell, ...bashReplies(suggestion, line)];
  }
  if (shell === "powershell") {
    const given = (host.env[variable] ?? "").split("\n");
    const current = given.pop() ?? "";
    const { shell: itself, prefix, words } = await completed(given, current);
    const fitting = words.filter(({ word }) => (prefix + word).startsWith(current));
    return [itself, ...fitting.map(({ word, about }) => [powerShellWord(prefix + word), word, about].join("\t"))];
  }
  const { shell: itself, prefix, words: all } = await completed(words.slice(0, -1), words.at(-1) ?? "");
  return [`${itself}\t${prefix}`, ...all.map(({ word, about }) => `${word}\t${about}`)];
}

function powerShellWord(text: string): string {
  return /^[\w./:=+-]+$/.test(text) ? text : quoted(text, "powershell");
}

/** What could move the cursor, or hide itself, is not offered: a name that is shown otherwise than it is would be another name. */
function showable(suggestion: Suggestion): Suggestion {
  return { ...suggestion, words: suggestion.words.filter(({ word }) => word === escapeForeign(word)) };
}
