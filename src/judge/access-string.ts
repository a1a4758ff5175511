/**
 * An access string: what a user may do, in the words of Redis' ACL, as `on ~app:* &news:* +@read -keys`.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html,
 * https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
 */
import { type AccessRule, type CommandRule, type KeyPattern, type NoRule, readRule } from "./access-rules.ts";

export interface AccessString {
  /** Whether the last of `on` and `off` is on; AWS takes a string without either for off. */
  readonly enabled: boolean;
  /** What the string itself allows, then each of its selectors: what one of them allows is allowed. */
  readonly permissions: readonly Permissions[];
}

export interface Permissions {
  /** In their order, for a later one wins. */
  readonly commands: readonly CommandRule[];
  readonly keys: readonly KeyPattern[];
  /** Patterns; null for all. */
  readonly channels: readonly string[] | null;
}

/** Why it is no access string. */
interface AccessFault extends NoRule {
  /** `word 3, "+@raed"`. */
  readonly place: string;
}

export type ReadAccess =
  | { readonly access: AccessString; readonly fault: null }
  | { readonly access: null; readonly fault: AccessFault };

/**
 * Reads it as redis-server 7 does: names in any case, passwords passed over, for AWS keeps them elsewhere. As on ElastiCache,
 * where `acl-pubsub-default` is `allchannels`, all channels are allowed until a word says otherwise.
 *
 * @param knows whether the command of a rule, or its subcommand, exists
 * @example
 * ```ts
 * readAccessString("on ~app:* +@read").access?.permissions[0]?.keys; // [{ pattern: "app:*", read: true, write: true }]
 * readAccessString("on ~* +@raed").fault?.place; // 'word 3, "+@raed"'
 * ```
 */
export function readAccessString(text: string, knows: (rule: CommandRule) => boolean = () => true): ReadAccess {
  const draft: Draft = { enabled: false, root: nothingYet(), selectors: [] };
  let selector: Selector | null = null;
  for (const [index, word] of text.split(/\s+/).filter(Boolean).entries()) {
    const place = `word ${index + 1}, ${JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word)}`;
    const opens = selector === null && word.startsWith("(");
    if (opens) selector = { place, permissions: nothingYet() };
    const closes = selector !== null && word.endsWith(")");
    const bare = word.slice(opens ? 1 : 0, closes ? -1 : undefined);
    const wrong = bare === "" && selector !== null ? null : addWord(draft, selector?.permissions ?? null, bare, knows);
    if (wrong) return { access: null, fault: { place, ...wrong } };
    if (!closes || selector === null) continue;
    draft.selectors.push(selector.permissions);
    selector = null;
  }
  if (selector !== null) {
    const { place } = selector;
    return { access: null, fault: { place, what: "its parenthesis is not closed", fix: "Close it with )." } };
  }
  const permissions = [draft.root, ...draft.selectors].map(finished);
  return { access: { enabled: draft.enabled, permissions }, fault: null };
}

/** Whether it allows every command on every key and channel. */
export function allowsAll({ permissions }: AccessString): boolean {
  return permissions.some(({ commands, keys, channels }) => {
    const last = commands.findLastIndex(({ of }) => of === "all");
    return (
      commands[last]?.allow === true &&
      commands.slice(last).every(({ allow }) => allow) &&
      channels === null &&
      keys.some(({ pattern, read, write }) => pattern === "*" && read && write)
    );
  });
}

interface Draft {
  enabled: boolean;
  readonly root: PermissionsDraft;
  selectors: PermissionsDraft[];
}

interface Selector {
  readonly place: string;
  readonly permissions: PermissionsDraft;
}

interface PermissionsDraft {
  commands: CommandRule[];
  keys: KeyPattern[] | "all";
  /** Unsaid is all, until a pattern is named. */
  channels: string[] | "all" | "unsaid";
}

function nothingYet(): PermissionsDraft {
  return { commands: [], keys: [], channels: "unsaid" };
}

function finished({ commands, keys, channels }: PermissionsDraft): Permissions {
  return {
    commands,
    keys: keys === "all" ? [{ pattern: "*", read: true, write: true }] : keys,
    channels: typeof channels === "string" ? null : channels,
  };
}

function addWord(
  draft: Draft,
  selector: PermissionsDraft | null,
  word: string,
  knows: (rule: CommandRule) => boolean,
): NoRule | null {
  const rule = readRule(word);
  if ("what" in rule) return rule;
  if (rule.kind === "command" && !knows(rule.rule)) {
    return { what: "no command has that name", fix: "Check how the command is spelled." };
  }
  if (rule.kind !== "switch" && rule.kind !== "clear-selectors" && rule.kind !== "passed-over") {
    return addRight(selector ?? draft.root, rule);
  }
  if (selector !== null) {
    return { what: "a selector has commands, keys and channels alone", fix: "Write it before the parenthesis." };
  }
  if (rule.kind === "switch") draft.enabled = rule.on;
  if (rule.kind === "clear-selectors") draft.selectors = [];
  return null;
}

type Right = Exclude<AccessRule, { kind: "switch" | "clear-selectors" | "passed-over" }>;

function addRight(permissions: PermissionsDraft, rule: Right): NoRule | null {
  switch (rule.kind) {
    case "command":
      permissions.commands.push(rule.rule);
      break;
    case "all-keys":
      permissions.keys = "all";
      break;
    case "reset-keys":
      permissions.keys = [];
      break;
    case "key":
      if (permissions.keys === "all") return withoutEffect("keys", "~*", "resetkeys");
      permissions.keys.push(rule.pattern);
      break;
    case "all-channels":
      permissions.channels = "all";
      break;
    case "reset-channels":
      permissions.channels = [];
      break;
    case "channel":
      if (permissions.channels === "all") return withoutEffect("channels", "&*", "resetchannels");
      if (permissions.channels === "unsaid") permissions.channels = [];
      permissions.channels.push(rule.pattern);
  }
  return null;
}

/** The server refuses what comes after all, except all once more. */
function withoutEffect(what: string, all: string, reset: string): NoRule {
  return {
    what: `all ${what} are allowed before it, by ${all}`,
    fix: `Keep one of the two, or write ${reset} between.`,
  };
}
