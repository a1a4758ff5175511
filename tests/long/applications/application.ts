/** What each application of the long tests is told, on stdin as JSON, what it does without a pause, and what it says of it. */
import { readFileSync } from "node:fs";
import { type KeepAuthenticatedOptions, type TokenProvider, tokenProvider } from "../../../src/index.ts";

export interface Life {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly cluster: boolean;
  readonly user: string;
  /** A file with `accessKeyId` and `secretAccessKey`, read for each token. */
  readonly keysFile: string;
  /** How long a token lives, a connection goes without a login, and the application runs. */
  readonly tokenSeconds: number;
  readonly everySeconds: number;
  readonly seconds: number;
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
    credentials: async () => JSON.parse(readFileSync(life.keysFile, "utf8")),
    expiresIn: life.tokenSeconds,
  });
  let [reauthentications, failures, commands] = [0, 0, 0];
  const lost: Record<string, number> = {};
  const answered: Record<string, number> = {};
  const client = await connect(life, provider, {
    everySeconds: life.everySeconds,
    onReauthenticated: () => {
      reauthentications += 1;
    },
    onReauthenticationFailed: () => {
      failures += 1;
    },
  });
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
        // Whether it was carried out is not known.
        count = Number.NaN;
        await new Promise((resolve) => setTimeout(resolve, 20));
      } else if (Number.isNaN(count) || Number(answer) === count) {
        count = Number(answer);
        commands += 1;
        const second = Math.floor(Date.now() / 1_000);
        answered[second] = (answered[second] ?? 0) + 1;
      } else {
        lost["carried out twice"] = (lost["carried out twice"] ?? 0) + 1;
        count = Number(answer);
      }
    }
  };
  await Promise.all(["a", "b", "c", "d"].map((key) => work(`${process.pid}-${key}`)));
  await client.close();
  const { refreshes } = provider.counters();
  const lived: Lived = { commands, lost, reauthentications, failures, refreshes, answered };
  console.log(JSON.stringify(lived));
}
