/** The command tree: names, what each is in a line, and where it is loaded from; and the flags that every command has. */
import type { Command, Flag, Flags } from "./commands/command.ts";
import type { Schemas } from "./commands/schema/command.ts";

export interface Entry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** A command whose verbs are commands: `cacheauth session gen`. */
export interface Group {
  readonly summary: string;
  /** As those of a command. */
  readonly examples: Command["examples"];
  /** What all its verbs refuse. */
  readonly refuses: NonNullable<Command["refuses"]>;
  /** The exit codes of all verbs. */
  readonly exits: Command["exits"];
  verbs(): Promise<Readonly<Record<string, Entry>>>;
}

export type Tree = Readonly<Record<string, Entry | Group>>;

/** What the commands answer under --json; commands do not know each other, so their schemas meet here. */
const outputs: Schemas = {
  token: async () => (await import("./commands/token/output.ts")).tokenOutput,
  decode: async () => (await import("./commands/decode/output.ts")).decodeOutput,
  lint: async () => (await import("./commands/lint/output.ts")).lintOutput,
  verify: async () => (await import("./commands/verify/output.ts")).verifyOutput,
  probe: async () => (await import("./commands/probe/output.ts")).probeOutput,
  doctor: async () => (await import("./commands/doctor/output.ts")).doctorOutput,
  emulate: async () => (await import("./commands/emulate/output.ts")).emulateOutput,
  session: async () => (await import("./commands/session/output.ts")).sessionOutput,
  "session set": async () => (await import("./commands/session/output.ts")).setOutput,
  "session gen": async () => (await import("./commands/session/output.ts")).genOutput,
  "session info": async () => (await import("./commands/session/output.ts")).infoOutput,
  "session export": async () => (await import("./commands/session/output.ts")).exportOutput,
  "session process": async () => (await import("./commands/session/output.ts")).processOutput,
  "session run": async () => (await import("./commands/session/output.ts")).runOutput,
  "session ping": async () => (await import("./commands/session/output.ts")).pingOutput,
  "session terminate": async () => (await import("./commands/session/output.ts")).terminateOutput,
  policy: async () => (await import("./commands/policy/output.ts")).policyOutput,
  setup: async () => (await import("./commands/setup/output.ts")).setupOutput,
  rules: async () => (await import("./commands/rules/output.ts")).rulesOutput,
};

/** What the commands read, by the flag that names the file. */
const files: Schemas = {
  users: async () => (await import("./emulate/users-file-schema.ts")).usersFile,
};

export const commands: Tree = {
  token: {
    summary: "a token on stdout, for AUTH as USER, or kept fresh in a file",
    load: async () => (await import("./commands/token/command.ts")).token,
  },
  decode: {
    summary: "what is inside a token, in words, with the time it has left",
    load: async () => (await import("./cli-judging.ts")).decode,
  },
  lint: {
    summary: "what is wrong with a token, offline, without credentials",
    load: async () => (await import("./cli-judging.ts")).lint,
  },
  verify: {
    summary: "lint, and the signature recomputed with the credentials at hand",
    load: async () => (await import("./cli-judging.ts")).verify,
  },
  probe: {
    summary: "name, TCP, TLS, AUTH, PING of an endpoint, each timed; at the first failure, why",
    load: async () => (await import("./commands/probe/command.ts")).probe,
  },
  doctor: {
    summary: "why a login fails: credentials, clock, token, network, login, and AWS's records",
    load: async () => (await import("./commands/doctor/command.ts")).doctor,
  },
  emulate: {
    summary: "a local TLS endpoint that enforces IAM as AWS does, and says why it refused",
    load: async () => (await import("./commands/emulate/command.ts")).emulate,
  },
  exec: {
    summary: "a command run with a token in its environment; without one, valkey-cli or redis-cli",
    load: async () => (await import("./commands/exec/command.ts")).exec,
  },
  session: {
    summary: "MFA sessions of the profiles in your AWS files",
    examples: [
      [
        "once: which device shows the codes",
        "cacheauth session set my-profile --serial arn:aws:iam::123456789012:mfa/me",
      ],
      ["each morning: a session, for which a code is asked", "cacheauth session gen my-profile"],
    ],
    refuses: ["at"],
    exits: [0, 1, 2, 3, 4, 70],
    verbs: async () => (await import("./commands/session/verbs.ts")).verbs,
  },
  policy: {
    summary: "the IAM policy that lets USER connect, or what is wrong with one that you have",
    load: async () => (await import("./commands/policy/command.ts")).policy,
  },
  setup: {
    summary: "a script or template that makes cache, user, group, role and policy",
    load: async () => (await import("./commands/setup/command.ts")).setup,
  },
  rules: {
    summary: "every finding that cacheauth knows, or one explained",
    load: async () => (await import("./commands/rules/command.ts")).rules,
  },
  schema: {
    summary: "the JSON Schema of a command's --json output, or of a file that it reads",
    load: async () => (await import("./commands/schema/command.ts")).schemaCommand(outputs, files),
  },
  completion: {
    summary: "a script that lets bash, zsh, fish or powershell complete commands, flags and values",
    load: async () => (await import("./commands/completion/command.ts")).completion,
  },
};

export const everyCommand = {
  json: { takes: "switch", about: "print one JSON object" },
  at: { takes: "text", value: "TIME", about: "sign or judge as of then: 2025-01-31T12:00:00Z or 20250131T120000Z" },
  color: {
    takes: "text",
    value: "WHEN",
    about: "auto, always or never; NO_COLOR and FORCE_COLOR count too",
    choices: ["auto", "always", "never"],
  },
  verbose: { takes: "switch", short: "v", about: "say on stderr what is decided and why" },
  help: { takes: "switch", short: "h", about: "show this; with -v every flag and every example" },
  version: { takes: "switch", about: "show the version" },
} as const satisfies Flags;

/** The flags of every command, less those that this one refuses. */
export function everyCommandOf({ refuses = [] }: Pick<Command, "refuses">): Flags {
  const left = Object.entries<Flag>(everyCommand).filter(([name]) => !refuses.some((refused) => refused === name));
  return Object.fromEntries(left);
}
