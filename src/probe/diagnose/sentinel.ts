import type { Finding } from "../../findings/finding.ts";
import { text } from "../../resp/value.ts";
import type { Answer } from "../conversation.ts";
import { liveFinding } from "../finding.ts";
import { readInfo } from "../hello.ts";

/** By what it answers to INFO, which it does before any login. */
export function isSentinel(info: Answer | undefined): boolean {
  return info?.kind === "reply" && readInfo(text(info.value) ?? "").mode === "sentinel";
}

export function sentinel(): Finding {
  return liveFinding(
    "server-is-sentinel",
    "This is a Sentinel: it tells where the primary is and holds no data. No cache of AWS has one.",
    "Connect to the cache's endpoint, or ask the Sentinel where the primary is: SENTINEL GET-MASTER-ADDR-BY-NAME NAME.",
  );
}
