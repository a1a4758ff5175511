/** Stages with a cache: an emulated one on TLS, which the endpoint of the page leads to here. */
import type { World } from "../../../src/judge/world.ts";
import { certify, withEmulator } from "../../doctor/emulated.ts";
import { goodWorld } from "../../judge/good-worlds.ts";
import { put } from "../asking.ts";
import { exampleKeys } from "../program.ts";
import type { Stage } from "./stage.ts";

const certificates = await certify(["localhost", "127.0.0.1"]);

/** The cache of the pages: my-user logs in to my-cache with the example keys. */
export function worldOf(isAttached: boolean): World {
  const world = goodWorld("replication-group");
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = exampleKeys;
  const keys = world.keys.map((key) => ({ ...key, accessKeyId, secretAccessKey, sessionToken: null }));
  const groups = (world.groups ?? []).map((group) => ({ ...group, attached: isAttached && group.attached }));
  return { ...world, keys, groups };
}

export function cacheStage(about: string, world: World): Stage {
  const { name, region, endpoint } = world.target;
  const host = endpoint?.host ?? "";
  return {
    about,
    up: (home, use) =>
      withEmulator({ world, certificates }, (port) => {
        put(home, { "tls/ca.pem": certificates.ca });
        const here = `127.0.0.1:${port} --ca tls/ca.pem --replication-group-id ${name} -r ${region}`;
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
