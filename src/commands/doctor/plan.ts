/** What is examined, as whom and by whose credentials, out of flags and surroundings. */
import { askedElsewhere } from "../../aws/asked-elsewhere.ts";
import type { FoundCredentials } from "../../aws/environment-credentials.ts";
import type { DoctorRequest } from "../../doctor/request.ts";
import { CacheauthError, type Notice } from "../../errors.ts";
import { expectedFor, nothingExpected } from "../../lint/expected.ts";
import type { Login } from "../../probe/request.ts";
import { type Kind, kinds, type Target } from "../../target/kinds.ts";
import { finishTarget, type TargetWords } from "../../target/resolve-target.ts";
import { connectionOptions } from "../connection-options.ts";
import { credentialWords } from "../credential-flags.ts";
import { credentialsAtHand, takenOut } from "../handed-in.ts";
import { readUser } from "../login-target.ts";
import { planToken } from "../own-token.ts";
import { type Planned, planLogin, readToken } from "../planned-login.ts";
import { draftOf, targetWords } from "../target-flags.ts";
import type { DoctorCall } from "./flags.ts";

export interface ExaminationPlan {
  readonly request: DoctorRequest;
  /** What one stage may take, in milliseconds. */
  readonly limitMs: number;
  /** Asked for at the end: AWS's answers may add some. */
  notices(): readonly Notice[];
}

type Pieces = Omit<Planned, "endpoint"> & { readonly endpoint: DoctorRequest["endpoint"]; readonly user: string };

export async function planExamination(call: DoctorCall): Promise<ExaminationPlan> {
  const { runtime, report, flags } = call;
  const now = runtime.host.now();
  const { target: told, endpoint, login, expected, user, notices } = await pieces(call, now);
  const target = told ?? (await targetOfToken(login, now));
  const added: Notice[] = [];
  const { env } = runtime.host;
  const usual = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1";
  const words = credentialWords(flags, target?.region ?? usual, runtime);
  const { limitMs, ...options } = await connectionOptions(flags, endpoint?.host ?? "", runtime);
  const { tls } = options;
  const nameFromEndpoint = flags.sni === undefined;
  const found = async (): Promise<FoundCredentials | null> => {
    const credentials = login ? await login.find() : await credentialsAtHand(call, words.region)();
    if (credentials) added.push(...credentials.notices);
    return credentials;
  };
  const records = flags.offline ? null : await import("../../aws/records/aws-records.ts");
  // Whose credentials they are is told wherever the cache is.
  const place = target ?? { service: "elasticache" as const, region: words.region };
  return {
    limitMs,
    notices: () => [...notices, ...options.notices, ...added],
    request: {
      target,
      user,
      endpoint,
      login,
      probeOf: (at) => ({
        ...options,
        endpoint: at,
        tls: tls && nameFromEndpoint ? { ...tls, name: at.host } : tls,
        login,
        expected,
        at: now,
        now,
      }),
      credentialsLimitMs: runtime.io.stdinIsTerminal ? 120_000 : 12_000,
      findCredentials: found,
      recordsOf:
        records &&
        ((credentials) => {
          added.push(...askedElsewhere(place.service, env));
          return records.awsRecords(place, credentials, words, runtime, report, added);
        }),
    },
  };
}

/** For --permissions: what was named, without asking for more. */
export function kindAsked(call: DoctorCall): Kind | null {
  const given = wordsOf(call);
  if (Object.values(given).every((word) => word === undefined)) return null;
  return draftOf(given).kind;
}

function nothingNamed(): CacheauthError {
  return new CacheauthError(
    "target-missing",
    "No target: it is not said which cache it is.",
    "Give HOST[:PORT] as the argument, or the cache's name: --replication-group-id, --serverless-cache-name or --memorydb-cluster, with --region.",
  );
}

function wordsOf({ flags, words, runtime }: DoctorCall): TargetWords {
  const { origin, ...given } = targetWords(flags, words[0], runtime.host.env);
  return given;
}

async function pieces(call: DoctorCall, now: Date): Promise<Pieces> {
  const given = wordsOf(call);
  if (Object.values(given).every((word) => word === undefined)) throw nothingNamed();
  if (given.endpoint === undefined && Object.values(given).some((word) => word !== undefined)) return byName(call, now);
  const planned = await planLogin(call, now);
  return {
    ...planned,
    user: planned.login?.user ?? readUser(call, { kind: planned.target?.kind ?? "replication-group", userInUrl: null }),
  };
}

/** A name alone is enough where AWS's record tells the endpoint. */
async function byName(call: DoctorCall, now: Date): Promise<Pieces> {
  const { flags } = call;
  const own = await planToken(call, 900);
  const { target, notices } = own;
  const user = own.user.toLowerCase();
  const expected = expectedFor(target, user);
  const login: Login | null = flags["no-auth"]
    ? null
    : { from: "credentials", user, target, find: () => own.findCredentials() };
  const handedIn = flags["token-file"] !== undefined || flags["token-env"] !== undefined;
  if (!handedIn) return { endpoint: null, login, expected, target, notices, user };
  const { bytes } = await readToken(call);
  const { lint } = await import("../../lint/lint.ts");
  const { subject } = lint({ bytes, expected, at: now });
  const given: Login = { from: "token", user, bytes, find: credentialsAtHand(call, target.region) };
  return { endpoint: null, login: given, expected, target, notices: [...notices, ...takenOut(subject)], user };
}

/** What a token that was handed in is for, where nothing else tells which cache it is. */
async function targetOfToken(login: Login | null, at: Date): Promise<Target | null> {
  if (login?.from !== "token") return null;
  const { lint } = await import("../../lint/lint.ts");
  const { fields } = lint({ bytes: login.bytes, expected: nothingExpected, at }).subject;
  const { credential, name, parameters } = fields;
  const kind =
    credential?.service === "memorydb"
      ? "memorydb-cluster"
      : parameters.ResourceType
        ? "serverless-cache"
        : "replication-group";
  if (credential === null || credential.service !== kinds[kind].service || !name) return null;
  const words = { [kinds[kind].option]: name };
  try {
    return finishTarget(draftOf(words), credential.region, undefined).target;
  } catch (error) {
    // What the token names cannot be, and the rules say so.
    if (error instanceof CacheauthError) return null;
    throw error;
  }
}
