import type { Layer, Unwrapped } from "./layer.ts";
import { hasTokenMarks } from "./marks.ts";
import { splitWords } from "./words.ts";

/**
 * A token in a command: `AUTH USER TOKEN`, `HELLO 3 AUTH USER TOKEN`, with redis-cli's prompt before it or not, the same
 * in RESP, or a call of redis-cli or valkey-cli. The user and the host that stand beside it are what it is for.
 */
export function unwrapCommandLine(text: string): Unwrapped | null {
  const words = text.startsWith("*") ? respWords(text) : splitWords(text.slice(0, 65_536));
  const auth = words.findIndex((word) => /^auth$/i.test(word));
  if (auth >= 0 && auth < 6) return unwrapAuth(words, auth);
  const program = words.findIndex((word) => /(^|[/\\])(redis-cli|valkey-cli)(\.exe)?$/.test(word));
  return program >= 0 ? unwrapCli(words.slice(program + 1)) : null;
}

function unwrapAuth(words: readonly string[], auth: number): Unwrapped | null {
  const given = words.slice(auth + 1);
  const [first = "", second] = given;
  const isHello = words.slice(0, auth).some((word) => /^hello$/i.test(word));
  const what = isHello ? "a HELLO line" : "an AUTH line";
  if (second !== undefined && hasTokenMarks(second) && !hasTokenMarks(first)) {
    return { text: second, user: first, layers: [{ rule: "unwrapped", what }] };
  }
  // A token with white space in it is several words: what follows belongs to it.
  return hasTokenMarks(first) && given.length === 1
    ? { text: first, layers: [{ rule: "unwrapped", what }, withoutUser(what)] }
    : null;
}

function unwrapCli(words: readonly string[]): Unwrapped | null {
  const after = (...flags: readonly string[]) => {
    for (const [index, word] of words.entries()) {
      if (flags.includes(word)) return words[index + 1] ?? null;
      const joined = flags.find((flag) => flag.startsWith("--") && word.startsWith(`${flag}=`));
      if (joined !== undefined) return word.slice(joined.length + 1);
    }
    return null;
  };
  const text = after("-a", "--pass");
  if (text === null || !hasTokenMarks(text)) return null;
  const user = after("--user");
  const host = after("-h");
  const port = after("-p");
  const layers: Layer[] = [{ rule: "unwrapped", what: "a call of the command-line client" }];
  if (user === null) layers.push(withoutUser("a call without --user"));
  return { text, user, endpoint: host === null || port === null ? host : `${host}:${port}`, layers };
}

function withoutUser(what: string): Layer {
  return { rule: "auth-without-user", what };
}

/** The bulk strings of a command as it goes over the wire: every second line is a length. */
function respWords(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== "" && !/^[*$]\d+$/.test(line));
}
