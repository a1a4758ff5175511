import type { Flags } from "../command.ts";
import { credentialFlags } from "../credential-flags.ts";
import { targetFlags } from "../target-flags.ts";

export const tokenFlags = {
  ...targetFlags,
  "expires-in": { takes: "text", value: "SECONDS", about: "how long it lives: 1 to 900; 900 if left out" },
  ...credentialFlags,
} as const satisfies Flags;
