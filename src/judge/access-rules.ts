/** What one word of an access string says. */
export type AccessRule =
  | { readonly kind: "switch"; readonly on: boolean }
  | { readonly kind: "command"; readonly rule: CommandRule }
  | { readonly kind: "key"; readonly pattern: KeyPattern }
  | { readonly kind: "channel"; readonly pattern: string }
  | { readonly kind: "all-keys" | "all-channels" | "reset-keys" | "reset-channels" | "clear-selectors" }
  /** Passwords, and what is no right. */
  | { readonly kind: "passed-over" };

export interface CommandRule {
  readonly allow: boolean;
  readonly of: "all" | "category" | "command";
  /** In lower case, without `@`; empty for all. */
  readonly name: string;
  /** Behind the `|`, in lower case: a subcommand or, of a command that has none, its first argument. */
  readonly argument: string | null;
}

export interface KeyPattern {
  /** With `*`, `?`, `[abc]`. */
  readonly pattern: string;
  readonly read: boolean;
  readonly write: boolean;
}

/** Why a word is no rule. */
export interface NoRule {
  /** A clause. */
  readonly what: string;
  /** A sentence. */
  readonly fix: string;
}

/** Reads one word, without the parentheses of selectors. */
export function readRule(word: string): AccessRule | NoRule {
  const fixed = fixedWords.get(word.toLowerCase());
  if (fixed) return fixed;
  const [sign = ""] = word;
  if (sign === "+" || sign === "-") return commandRule(word, sign === "+");
  if (sign === "&") return { kind: "channel", pattern: word.slice(1) };
  if (/[><#!]/.test(sign)) return { kind: "passed-over" };
  const key = /^(?:~|%(r|w|rw|wr)~)(.*)$/i.exec(word);
  if (key) {
    const [, may = "rw", pattern = ""] = key;
    return { kind: "key", pattern: { pattern, read: /r/i.test(may), write: /w/i.test(may) } };
  }
  return noRule(word);
}

function noRule(word: string): NoRule {
  if (/^reset$/i.test(word)) {
    return { what: "AWS takes no reset, which would take the passwords away", fix: "Leave it out." };
  }
  if (word.startsWith("%")) return { what: "before ~ there may be %R, %W or %RW", fix: "Write it as %R~app:*." };
  if (/[()]/.test(word)) return { what: "the parentheses do not pair", fix: "Write a selector as (~app:* +get)." };
  return {
    what: "that is no rule",
    fix: "There are on and off, ~KEYS, %R~KEYS, %W~KEYS, &CHANNELS, +COMMAND, -COMMAND, +@CATEGORY and -@CATEGORY.",
  };
}

function all(allow: boolean): AccessRule {
  return { kind: "command", rule: { allow, of: "all", name: "", argument: null } };
}

const fixedWords: ReadonlyMap<string, AccessRule> = new Map<string, AccessRule>([
  ["on", { kind: "switch", on: true }],
  ["off", { kind: "switch", on: false }],
  ["nopass", { kind: "passed-over" }],
  ["resetpass", { kind: "passed-over" }],
  ["sanitize-payload", { kind: "passed-over" }],
  ["skip-sanitize-payload", { kind: "passed-over" }],
  ["allkeys", { kind: "all-keys" }],
  ["~*", { kind: "all-keys" }],
  ["resetkeys", { kind: "reset-keys" }],
  ["allchannels", { kind: "all-channels" }],
  ["&*", { kind: "all-channels" }],
  ["resetchannels", { kind: "reset-channels" }],
  ["clearselectors", { kind: "clear-selectors" }],
  ["allcommands", all(true)],
  ["+@all", all(true)],
  ["nocommands", all(false)],
  ["-@all", all(false)],
]);

function commandRule(word: string, allow: boolean): AccessRule | NoRule {
  const [, at, name = "", argument = null] = /^.(@?)([^|@]*)(?:\|(.*))?$/s.exec(word.toLowerCase()) ?? [];
  if (at === "@") {
    if (argument === null && categories.includes(name)) {
      return { kind: "command", rule: { allow, of: "category", name, argument } };
    }
    return { what: "no category has that name", fix: `There are all, ${categories.join(", ")}.` };
  }
  if (name === "" || argument === "") {
    return { what: "the name of a command is missing", fix: "Write it as +get, -keys or +config|get." };
  }
  if (argument?.includes("|")) {
    return { what: "a rule goes no further than a subcommand", fix: "Write one | at most, as +config|get." };
  }
  return { kind: "command", rule: { allow, of: "command", name, argument } };
}

/** Those that ACL CAT lists in redis-server 7, and those of the modules that AWS has. */
const categories: readonly string[] = [
  ..."keyspace read write set sortedset list hash string bitmap hyperloglog geo stream pubsub admin fast slow".split(
    " ",
  ),
  ..."blocking dangerous connection transaction scripting json search bloom".split(" "),
];
