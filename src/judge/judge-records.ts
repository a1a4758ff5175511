/** Judges by AWS's records alone, without a token, in three parts. Besides what refuses a login there are remarks: warnings. */
import type { Finding } from "../findings/finding.ts";
import { cacheFindings } from "./cache-findings.ts";
import { recordFindings } from "./record-findings.ts";
import { remarks } from "./remarks.ts";
import { simulatedFindings } from "./simulated-findings.ts";
import { told } from "./told.ts";
import type { World } from "./world.ts";

export function judgeCache(world: World): readonly Finding[] {
  return told(cacheFindings(world));
}

/** @param user as AUTH names it */
export function judgeUser(user: string, world: World): readonly Finding[] {
  return told([...recordFindings({ user }, world), ...remarks({ user }, world)]);
}

export function judgePolicies(user: string, world: World): readonly Finding[] {
  return told(simulatedFindings(user, world));
}
