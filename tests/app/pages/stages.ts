/** All stages that a page can name. */
import { awsStage, mfaStage } from "./aws-stages.ts";
import { cacheStage, worldOf } from "./cache-stages.ts";
import { fileStages } from "./file-stages.ts";
import { releaseStage } from "./release-stage.ts";
import { type Given, type Stage, withoutServers } from "./stage.ts";
import { tokenStages } from "./token-stages.ts";

const detached = worldOf(false);

export const stages: Readonly<Record<string, Stage>> = {
  cache: cacheStage("the replication group my-cache", worldOf(true)),
  aws: awsStage("AWS's records of my-cache, and STS", worldOf(true)),
  "group-not-attached": joined(
    cacheStage("my-cache, which has not the group of my-user", detached),
    awsStage("and AWS's records of it", detached),
  ),
  mfa: mfaStage("AWS files with the profile dev, and an STS that takes the code 123456"),
  release: releaseStage,
  ...fileStages,
  ...tokenStages,
};

function joined(first: Stage, second: Stage): Stage {
  return {
    about: `${first.about}, ${second.about}`,
    up: (home, use) => first.up(home, (one) => second.up(home, (other) => use(both(one, other)))),
  };
}

function both(one: Given, other: Given): Given {
  return { env: { ...one.env, ...other.env }, instead: [...one.instead, ...other.instead] };
}

/** One in the other; the first is put up first. */
export function allOf(names: readonly string[]): Stage {
  const nothing = withoutServers("nothing", () => ({}));
  return names.map(stageNamed).reduce(joined, nothing);
}

function stageNamed(name: string): Stage {
  const stage = Object.hasOwn(stages, name) ? stages[name] : undefined;
  const all = Object.entries(stages).map(([one, { about }]) => `${one} (${about})`);
  if (!stage) throw new Error(`no stage is called ${name}; there are ${all.join(", ")}`);
  return stage;
}
