import type { Flags } from "../command.ts";
import { credentialFlags } from "../credential-flags.ts";
import { shellFlag } from "../shell-flag.ts";
import { targetFlags } from "../target-flags.ts";

export const emulateFlags = {
  listen: {
    takes: "text",
    value: "HOST:PORT",
    about: "127.0.0.1:0 if left out: any port that is free",
  },
  name: { takes: "text", value: "HOST", about: "more names for the certificate, comma-separated" },
  users: {
    takes: "text",
    value: "FILE",
    about: "users, keys, groups and policies to enforce, as JSON (cacheauth schema users)",
  },
  upstream: {
    takes: "text",
    value: "HOST:PORT",
    about: "a redis-server or valkey-server that gets all that comes after a login, in clear text",
  },
  fault: {
    takes: "text",
    value: "KIND[:VALUE]",
    about:
      "go wrong on purpose: throttle:0.2 (that share of logins), unavailable, unavailable:service, slow:500ms, drop-after-auth, garbage; comma-separated",
    choices: ["throttle:0.2", "unavailable", "unavailable:service", "slow:500ms", "drop-after-auth", "garbage"],
    choicesBehind: ",",
  },
  cluster: { takes: "text", value: "N", about: "a cluster of N nodes, a port each" },
  "connection-lifetime": {
    takes: "text",
    value: "SECONDS",
    about: "after a login; 43200 (12 hours) if left out",
  },
  "tls-dir": { takes: "text", value: "DIR", about: "write ca.pem, cert.pem and key.pem there" },
  plaintext: {
    takes: "switch",
    about: "no TLS, which no cache with IAM has: whoever is in between can read the tokens",
  },
  shell: { ...shellFlag, about: "print lines for sh, fish or powershell" },
  ...targetFlags,
  endpoint: { takes: "text", value: "HOST[:PORT]", about: "the cache to stand in for, by its endpoint" },
  "user-id": {
    ...targetFlags["user-id"],
    about: "the user that may log in; my-user if left out; with --users, the one that the printed commands log in as",
  },
  ...credentialFlags,
} as const satisfies Flags;
