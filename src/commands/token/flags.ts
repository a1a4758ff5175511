import type { Flags } from "../command.ts";
import { credentialFlags } from "../credential-flags.ts";
import { targetFlags } from "../target-flags.ts";

export const tokenFlags = {
  ...targetFlags,
  "expires-in": { takes: "text", value: "SECONDS", about: "how long it lives: 1 to 900; 900 if left out" },
  format: {
    takes: "text",
    value: "FORMAT",
    about: "raw, the token; env, lines NAME='VALUE' for a shell; url, rediss://USER:TOKEN@HOST:PORT",
    choices: ["raw", "env", "url"],
  },
  output: {
    takes: "text",
    value: "FILE",
    about: "write it there, for this user alone (0600), whole and without a line ending",
  },
  watch: { takes: "switch", about: "keep the file fresh until stopped, also when the credentials change" },
  every: {
    takes: "text",
    value: "SECONDS",
    about: "how often; if left out, when a third of the token's life is left",
  },
  "on-refresh": {
    takes: "text",
    value: "COMMAND",
    about: "a shell command to run each time that the file was written; CACHEAUTH_TOKEN_FILE names the file",
  },
  "status-file": {
    takes: "text",
    value: "FILE",
    about: "write there, as JSON, when the last refresh succeeded and how many have failed since",
  },
  ...credentialFlags,
} as const satisfies Flags;
