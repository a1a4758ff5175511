/** Stages with a cache: an emulated one on TLS, which the endpoint of the page leads to here. */
import type { World } from "../../../src/judge/world.ts";
import type { Kind } from "../../../src/target/kinds.ts";
import { certify, withEmulator } from "../../doctor/emulated.ts";
import { goodWorld } from "../../judge/good-worlds.ts";
import { put } from "../asking.ts";
import { exampleKeys } from "../program.ts";
import type { Stage } from "./stage.ts";

const certificates = await certify(["localhost", "127.0.0.1"]);
const flags: Readonly<Record<Kind, string>> = {
  "replication-group": "--replication-group-id",
  "serverless-cache": "--serverless-cache-name",
  "memorydb-cluster": "--memorydb-cluster",
};

/** The cache of the pages: my-user logs in to my-cache with the example keys. */
export function worldOf(kind: Kind, attached = true): World {
  const world = goodWorld(kind);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = exampleKeys;
  const keys = world.keys.map((key) => ({ ...key, accessKeyId, secretAccessKey, sessionToken: null }));
  const groups = (world.groups ?? []).map((group) => ({ ...group, attached: attached && group.attached }));
  return { ...world, keys, groups };
}

export function cacheStage(about: string, world: World): Stage {
  const { kind, name, region, endpoint } = world.target;
  const host = endpoint?.host ?? "";
  return {
    about,
    up: (home, use) =>
      withEmulator({ world, certificates }, (port) => {
        put(home, { "tls/ca.pem": certificates.ca });
        const here = `127.0.0.1:${port} --ca tls/ca.pem ${flags[kind]} ${name} -r ${region}`;
        const there = `(?:${host.replaceAll(".", "\\.")}|"?\\$ENDPOINT"?)(?::6379)?`;
        return use({
          env: { HOST: "127.0.0.1" },
          instead: [
            [new RegExp(`(cacheauth (?:probe|doctor|exec)) ${there}(?= |$)`, "g"), `$1 ${here}`],
            [/\b(127\.0\.0\.1|localhost):PORT\b/g, `$1:${port}`],
            [/--ca FILE\b/g, "--ca tls/ca.pem"],
            [/redis-cli --tls(?! --cacert)/g, `redis-cli --tls --cacert tls/ca.pem -p ${port}`],
          ],
        });
      }),
  };
}
