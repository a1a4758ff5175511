/** Stages of files: a policy, applications, a token that is kept fresh. */
import { existsSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { put } from "../asking.ts";
import { exampleKeys, programs } from "../program.ts";
import { withRunning } from "../running.ts";
import { scripts } from "./home.ts";
import { type Stage, withoutServers } from "./stage.ts";

const arn = (resource: string) => `arn:aws:elasticache:us-east-1:123456789012:${resource}`;

export const fileStages: Readonly<Record<string, Stage>> = {
  "policy-with-slash": withoutServers("a role whose policy has a slash where a colon belongs", (home) => {
    const PolicyDocument = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "elasticache:Connect",
          Resource: [arn("replicationgroup:my-cache"), arn("user/my-user")],
        },
      ],
    };
    const answer = { RoleName: "my-app", PolicyName: "connect", PolicyDocument };
    put(home, { ".fake-aws/role-policy.json": JSON.stringify(answer, null, 4) });
    return {};
  }),
  command: withoutServers("applications: worker wants REDIS_URL, server a TOKEN_FILE", (home) => {
    put(home, scripts({ worker: `test -n "$REDIS_URL"`, server: `test -s "$TOKEN_FILE"` }));
    return {};
  }),
  "token-file": {
    about: "a token that is kept fresh in /run/cacheauth",
    up: (home, use) => {
      const [program] = programs;
      if (!program) throw new Error("nothing is built");
      const folder = join(home, "run/cacheauth");
      const status = join(folder, "status.json");
      const words = ["token", "master.my-cache.abc123.use1.cache.amazonaws.com", "-u", "my-user", "--watch"];
      const files = ["--output", join(folder, "token"), "--status-file", status];
      return withRunning(program, [...words, ...files], { env: { ...exampleKeys, HOME: home } }, async () => {
        await untilItTells(status, folder);
        await use({ env: {}, instead: [] });
      });
    },
  },
};

function untilItTells(file: string, folder: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, look);
    function look() {
      // The file is begun before there is a token.
      if (!existsSync(file) || !readFileSync(file, "utf8").includes('"expiresAt":"')) return;
      watcher.close();
      resolve();
    }
    look();
  });
}
