import type { Command } from "../command.ts";

/** The verbs of `cacheauth session`, each loaded when it is called. */
export const verbs: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  set: {
    summary: "how a profile's sessions are made, and whether they are used",
    load: async () => (await import("./set.ts")).set,
  },
  gen: {
    summary: "a new MFA session of a profile, made with a code of its device",
    load: async () => (await import("./gen.ts")).gen,
  },
  info: {
    summary: "the profiles that have sessions, and what is left of each",
    load: async () => (await import("./info.ts")).info,
  },
  export: {
    summary: "lines for your shell that put a session into its environment",
    load: async () => (await import("./export.ts")).exportCommand,
  },
  process: {
    summary: "a session as credential_process of the AWS files wants it",
    load: async () => (await import("./process.ts")).processCommand,
  },
  run: {
    summary: "the shadow file, a copy of your credentials file with the sessions' keys in it, kept in step",
    load: async () => (await import("./run.ts")).run,
  },
  ping: {
    summary: "whether session run is running, and which file it keeps",
    load: async () => (await import("./ping.ts")).ping,
  },
  terminate: {
    summary: "the end of session run, also of a detached one",
    load: async () => (await import("./terminate.ts")).terminate,
  },
};
