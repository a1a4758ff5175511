/** What each application of the long tests is told, on stdin as JSON, what it does without a pause, and what it says of it. */
import { readFileSync } from "node:fs";
import { clearTimeout, setTimeout } from "node:timers";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import {
  type Credentials,
  type KeepAuthenticatedOptions,
  type TokenProvider,
  tokenProvider,
} from "../../../src/index.ts";

export interface Life {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly cluster: boolean;
  readonly user: string;
  /** A file with a `World`, which changes. */
  readonly worldFile: string;
  /** How long a token lives, a connection goes without a login, and the application runs. */
  readonly tokenSeconds: number;
  readonly everySeconds: number;
  readonly seconds: number;
}

/** What an application's credentials and its clock are like just now. */
export interface World {
  /** Those that it has; or those that an STS gives it, at this URL. */
  readonly keys?: Credentials;
  readonly sts?: string;
  /** How far its clock is off. */
  readonly clockAheadMs?: number;
}

export interface Lived {
  /** Answered as they should be. */
  readonly commands: number;
  /** What others were answered, each kind once with its number. */
  readonly lost: Readonly<Record<string, number>>;
  readonly reauthentications: number;
  readonly failures: number;
  readonly refreshes: number;
  /** How many were answered as they should be, by the second since 1970. */
  readonly answered: Readonly<Record<string, number>>;
  /** How many were lost, by the second; one that was carried out twice is not. */
  readonly lostAt: Readonly<Record<string, number>>;
}

export interface Connected {
  /** Adds one to a key, and resolves to what it then is. */
  increment(key: string): Promise<unknown>;
  close(): Promise<unknown> | undefined;
}

/** Nothing ends the process but that nothing is left to do. */
export async function live(
  connect: (life: Life, provider: TokenProvider, options: KeepAuthenticatedOptions) => Promise<Connected>,
): Promise<void> {
  const life: Life = JSON.parse(readFileSync(0, "utf8"));
  const provider = tokenProvider({
    target: { kind: "replication-group", name: "my-cache" },
    region: "us-east-1",
    user: life.user,
    credentials: () => credentialsOf(worldOf(life)),
    expiresIn: life.tokenSeconds,
    clock: {
      now: () => new Date(Date.now() + (worldOf(life).clockAheadMs ?? 0)),
      elapsedMs: () => performance.now(),
      after(ms, run) {
        const timer = setTimeout(run, ms).unref();
        return () => clearTimeout(timer);
      },
    },
  });
  let [reauthentications, failures, commands] = [0, 0, 0];
  const lost: Record<string, number> = {};
  const answered: Record<string, number> = {};
  const lostAt: Record<string, number> = {};
  const countNow = (counts: Record<string, number>) => {
    const second = Math.floor(Date.now() / 1_000);
    counts[second] = (counts[second] ?? 0) + 1;
  };
  const client = await connect(life, provider, {
    everySeconds: life.everySeconds,
    onReauthenticated: () => {
      reauthentications += 1;
    },
    onReauthenticationFailed: () => {
      failures += 1;
    },
  });
  console.log("ready");
  const end = performance.now() + life.seconds * 1_000;
  // Of as many slots, so that in a cluster all nodes are kept busy.
  const work = async (key: string) => {
    let count = 0;
    while (performance.now() < end) {
      count += 1;
      const answer = await client.increment(key).catch((error: Error) => error);
      if (answer instanceof Error) {
        const what = `${answer.constructor.name}: ${answer.message.split("\n")[0]}`;
        lost[what] = (lost[what] ?? 0) + 1;
        countNow(lostAt);
        // Whether it was carried out is not known.
        count = Number.NaN;
        await new Promise((resolve) => setTimeout(resolve, 20));
      } else if (Number.isNaN(count) || Number(answer) === count) {
        count = Number(answer);
        commands += 1;
        countNow(answered);
      } else {
        lost["carried out twice"] = (lost["carried out twice"] ?? 0) + 1;
        count = Number(answer);
      }
    }
  };
  await Promise.all(["a", "b", "c", "d"].map((key) => work(`${process.pid}-${key}`)));
  await client.close();
  const { refreshes } = provider.counters();
  const lived: Lived = { commands, lost, reauthentications, failures, refreshes, answered, lostAt };
  console.log(JSON.stringify(lived));
}

function worldOf({ worldFile }: Life): World {
  return JSON.parse(readFileSync(worldFile, "utf8"));
}

/** As an application takes on a role: with the AWS SDK's own provider. */
async function credentialsOf({ keys, sts }: World): Promise<Credentials> {
  if (keys) return keys;
  const assume = fromTemporaryCredentials({
    params: { RoleArn: "arn:aws:iam::123456789012:role/my-app" },
    masterCredentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "throwaway/of-who-takes-it-on" },
    clientConfig: { endpoint: sts ?? "", region: "us-east-1" },
  });
  return assume();
}
