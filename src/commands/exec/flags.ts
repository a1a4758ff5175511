import type { Flags } from "../command.ts";
import { credentialFlags } from "../credential-flags.ts";
import { targetFlags } from "../target-flags.ts";

export const execFlags = {
  ...targetFlags,
  env: {
    takes: "list",
    value: "NAME=WHAT",
    about:
      "one more variable: WHAT is token, user, host, port or url (rediss://USER:TOKEN@HOST:PORT); may be given more than once",
    choices: ["token", "user", "host", "port", "url"],
    choicesBehind: "=",
  },
  "clean-env": {
    takes: "switch",
    about: "take the AWS_* variables that name or yield credentials out of the command's environment",
  },
  "token-file-env": {
    takes: "text",
    value: "NAME",
    about: "keep the token fresh in a private file while the command runs, the file's path in the variable NAME",
  },
  ca: { takes: "text", value: "FILE", about: "authorities (PEM) for valkey-cli or redis-cli to trust" },
  sni: { takes: "text", value: "NAME", about: "TLS host name for valkey-cli or redis-cli to ask for" },
  ...credentialFlags,
} as const satisfies Flags;
