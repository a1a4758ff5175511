/** What each client of the long tests is told, on stdin as JSON, and how it answers. */
import { readFileSync } from "node:fs";
import { createToken } from "../../../src/index.ts";

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly caFile: string;
  /** Whether to come as a client of a cluster. */
  readonly cluster: boolean;
  readonly kind: "replication-group" | "serverless-cache" | "memorydb-cluster";
  readonly name: string;
  readonly region: string;
  readonly user: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
  /** When to sign, RFC 3339; null: now. */
  readonly at: string | null;
}

/** What a client says it has done; a refused one says why in the words that it has. */
export type Outcome = Did | { readonly refused: string };

export interface Did {
  readonly whoami: string;
  readonly ping: string;
  readonly set: string;
  readonly get: string;
  readonly expire: boolean;
  readonly ttl: number;
  readonly del: number;
  readonly gone: null;
  /** SET of 1 and INCR, in a transaction. */
  readonly multi: readonly [string, number];
  readonly message: string;
}

/** All keys in one slot, as a transaction of a cluster needs it. */
export const key: (name: string) => string = (name) => `{clients}${name}`;

/** Carries out what a client's script does with its login, prints the outcome, and ends whatever the client still runs. */
export async function perform(script: (login: Login, ca: string) => Promise<Did>): Promise<void> {
  const login: Login = JSON.parse(readFileSync(0, "utf8"));
  const outcome: Outcome = await script(login, readFileSync(login.caFile, "utf8")).catch((error: unknown) => ({
    refused: wordsOf(error),
  }));
  process.stdout.write(JSON.stringify(outcome), () => process.exit(0));
}

/** By our library. */
export async function ownToken(login: Login): Promise<string> {
  const { kind, name, user, region, accessKeyId, secretAccessKey, sessionToken, at } = login;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  const { token } = await createToken({ target: { kind, name }, user, region, credentials, at: at ?? undefined });
  return String(token);
}

/** Cluster clients hide the server's words below their own. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const below = [error.cause, (error as { lastNodeError?: unknown }).lastNodeError].filter(Boolean);
  const others = error instanceof AggregateError ? error.errors : [];
  return [error.message, ...[...below, ...others].map(wordsOf)].join(" < ");
}
