import { shown } from "../errors.ts";
import type { Finding } from "../findings/finding.ts";
import { makeFinding } from "../findings/make-finding.ts";
import type { Group, World } from "./world.ts";

/** What is wrong with the groups that have the user and are attached: one that is as it should be settles it. */
export function stateFindings(serving: readonly Group[], world: World): Finding[] {
  const each = serving.map((group) => [...activityFindings(group, world), ...engineFindings(group, world)]);
  return each.some((findings) => findings.length === 0) ? [] : (each[0] ?? []);
}

/** A group that is changed goes on as it was until the change is there. */
function activityFindings({ id, status = "active" }: Group, { target: { kind } }: World): Finding[] {
  if (status === "active") return [];
  const isChanging = status === "modifying";
  const what = kind === "memorydb-cluster" ? "ACL" : "user group";
  return [
    makeFinding("group-not-active", {
      severity: isChanging ? "warning" : "error",
      message: `The ${what} ${shown(id)} is not active: AWS says ${shown(status)}.`,
      fix:
        status === "deleting"
          ? `Attach another ${what} that has the user.`
          : "Wait some minutes until it is active, and try again.",
    }),
  ];
}

/** A cache with Valkey takes groups of both engines, one with Redis OSS those of its own alone (AWS: Role-Based Access Control). */
function engineFindings({ id, engine }: Group, { cache, target: { name } }: World): Finding[] {
  if (engine !== "valkey" || cache?.engine !== "redis") return [];
  return [
    makeFinding("group-engine-differs", {
      message: `The user group ${shown(id)} is of the engine valkey, and the cache ${shown(name)} runs Redis OSS, which takes groups of the engine redis alone.`,
      fix: "Upgrade the cache to Valkey, or attach a user group of the engine redis that has the user.",
    }),
  ];
}
