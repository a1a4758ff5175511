import type { Flags } from "./command.ts";
import { credentialFlags } from "./credential-flags.ts";
import { targetFlags } from "./target-flags.ts";
import { tokenInputFlags } from "./token-input.ts";

/** How a connection is made and looked at; `doctor` takes the same. */
export const connectionFlags = {
  "no-auth": { takes: "switch", about: "do not log in; no credentials are needed" },
  resp: {
    takes: "text",
    value: "2|3",
    about: "RESP version; 3, or 2 if the server has no HELLO",
    choices: ["2", "3"],
  },
  timeout: {
    takes: "text",
    value: "SECONDS",
    about: "for each stage: 5 if left out",
  },
  sni: {
    takes: "text",
    value: "NAME",
    about: "TLS host name, sent and expected in the certificate: for tunnels and CNAMEs",
  },
  ca: {
    takes: "text",
    value: "FILE",
    about: "trust the authorities in FILE (PEM), no others",
  },
  insecure: { takes: "switch", about: "log in whatever the certificate is: anybody in between can read the token" },
  "no-tls": { takes: "switch", about: "clear text; other than to loopback it implies --no-auth" },
  "all-nodes": { takes: "switch", about: "probe each node of the cluster too" },
  repeat: { takes: "text", value: "N", about: "connect N more times, and show p50, p90 and p99 of how long it takes" },
  ipv4: { takes: "switch", short: "4", about: "only IPv4 addresses" },
  ipv6: { takes: "switch", short: "6", about: "only IPv6 addresses" },
} as const satisfies Flags;

export const probeFlags = {
  ...targetFlags,
  "token-file": { ...tokenInputFlags["token-file"], about: "the token in FILE, byte for byte; - is stdin" },
  "token-env": { ...tokenInputFlags["token-env"], about: "the token in the variable NAME" },
  ...connectionFlags,
  ...credentialFlags,
} as const satisfies Flags;
