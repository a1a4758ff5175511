/** Where to connect, as whom, and with which token, out of flags and surroundings. */
import { CacheauthError, type Notice } from "../errors.ts";
import { nothingExpected } from "../lint/expected.ts";
import type { Expected } from "../lint/rule.ts";
import { isLoopback } from "../probe/loopback.ts";
import type { FoundCredentials, Login } from "../probe/request.ts";
import { type HostText, readHostText } from "../target/host-text.ts";
import { kinds, type Target } from "../target/kinds.ts";
import { finishTarget, type TargetDraft } from "../target/resolve-target.ts";
import { credentialWords, describeCredentials, findCredentials } from "./credential-flags.ts";
import { credentialsAtHand, type ProbeCall, takenOut, userOf } from "./handed-in.ts";
import { draftOrNull, draftToSign, type Place, placeOf } from "./login-place.ts";
import { readUser, targetOf, tellDecisions } from "./login-target.ts";
import { from, targetWords } from "./target-flags.ts";
import { readTokenInput, type TokenInput } from "./token-input.ts";

export interface Planned {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly login: Login | null;
  readonly expected: Expected;
  /** Null where not all of it is known. */
  readonly target: Target | null;
  readonly notices: readonly Notice[];
}

export async function planLogin(call: ProbeCall, at: Date): Promise<Planned> {
  const { flags, runtime } = call;
  const { origin, ...words } = targetWords(flags, call.words[0], runtime.host.env);
  const text = words.endpoint;
  if (text === undefined) throw endpointMissing(Boolean(runtime.host.env["CACHEAUTH_ENDPOINT"]));
  const read = from(origin, () => readHostText(text));
  const place = placeOf(read, words, flags.sni);
  const { endpoint } = place;
  const handedIn = flags["token-file"] !== undefined || flags["token-env"] !== undefined;
  if (flags["no-auth"] && handedIn)
    throw new CacheauthError(
      "flag-conflict",
      "--no-auth logs nobody in, and a token is handed in.",
      "Keep one of them.",
    );
  const inClear = flags["no-tls"] && !isLoopback(endpoint.host);
  if (flags["no-auth"] || inClear) {
    const draft = draftOrNull(place.words, origin);
    const notices = inClear && !flags["no-auth"] ? [clearText()] : [];
    const { target } = targetOrNull(draft, flags.region);
    return { endpoint, login: null, expected: expectedFrom(draft, place, null, null), target, notices };
  }
  return handedIn
    ? withToken(call, at, read, place, draftOrNull(place.words, origin))
    : withCredentials(
        call,
        place,
        from(origin, () => draftToSign(place.words)),
      );
}

async function withCredentials(call: ProbeCall, place: Place, draft: TargetDraft): Promise<Planned> {
  const { report, runtime } = call;
  await tellDecisions(draft, report);
  const user = readUser(call, draft);
  const { target, notices } = await targetOf(call, draft);
  const words = credentialWords(call.flags, target.region, runtime);
  const find = async (): Promise<FoundCredentials> => {
    const found = await findCredentials(words, runtime, report);
    await report.verbose("credentials", describeCredentials(found));
    return found;
  };
  return {
    endpoint: place.endpoint,
    login: { from: "credentials", user: user.toLowerCase(), target, find },
    expected: expectedFrom(draft, place, user.toLowerCase(), target.region),
    target,
    notices: [...draft.notices, ...notices],
  };
}

async function withToken(
  call: ProbeCall,
  at: Date,
  read: HostText,
  place: Place,
  draft: TargetDraft | null,
): Promise<Planned> {
  const { flags } = call;
  const input = await readToken(call);
  // Only who hands one in waits for the rules to be loaded.
  const { lint } = await import("../lint/lint.ts");
  const { subject } = lint({ bytes: input.bytes, expected: nothingExpected, at });
  const seen = subject.fields;
  const { user, notices } = userOf(call, read, seen);
  const region = flags.region ?? draft?.region ?? seen.credential?.region ?? "us-east-1";
  const { target, notices: beside } = targetOrNull(draft, flags.region);
  return {
    endpoint: place.endpoint,
    login: { from: "token", user, bytes: input.bytes, find: credentialsAtHand(call, region) },
    expected: expectedFrom(draft, place, user, flags.region ?? null),
    target,
    notices: [...(draft?.notices ?? []), ...beside, ...input.notices, ...takenOut(subject), ...notices],
  };
}

/** The token that a flag names: its file, its variable, or stdin. */
export async function readToken({ flags, runtime }: ProbeCall): Promise<TokenInput> {
  try {
    const handedIn = { "token-file": flags["token-file"], "token-env": flags["token-env"] };
    return await readTokenInput(handedIn, undefined, runtime);
  } catch (error) {
    if (!(error instanceof CacheauthError) || error.code !== "token-missing") throw error;
    throw new CacheauthError(
      error.code,
      "No token: --token-file - reads stdin, and nothing is piped in.",
      "Pipe it in (cacheauth token ENDPOINT -u USER | cacheauth probe ENDPOINT -u USER --token-file -), or use --token-env NAME or --token-file FILE.",
    );
  }
}

/** What the endpoint and the flags tell, where that is all. */
function targetOrNull(draft: TargetDraft | null, region: string | undefined) {
  const nothing = { target: null, notices: [] };
  return draft === null || (region ?? draft.region) === null ? nothing : finishTarget(draft, region, undefined);
}

/** What the endpoint itself tells comes before the flags: the server judges by what it is. */
function expectedFrom(
  draft: TargetDraft | null,
  { told }: Place,
  user: string | null,
  region: string | null,
): Expected {
  const kind = told?.kind ?? draft?.kind ?? null;
  return {
    ...nothingExpected,
    service: kind === null ? null : kinds[kind].service,
    kind,
    name: told?.name ?? draft?.name ?? null,
    region: told?.region ?? draft?.region ?? region,
    endpoint: told ? { host: told.host, port: told.port ?? 6379 } : null,
    user,
  };
}

function clearText(): Notice {
  return {
    code: "no-auth-in-clear-text",
    message: "In clear text nobody logs in but on this machine itself: --no-tls implies --no-auth here.",
  };
}

/** The variable counts where nothing else names a target; here a name does. */
function endpointMissing(isInVariable: boolean): CacheauthError {
  return new CacheauthError(
    "target-missing",
    "No endpoint: probe connects to one, and a name alone does not tell where.",
    isInVariable
      ? 'Give HOST[:PORT] as the argument: CACHEAUTH_ENDPOINT counts only where no name is given ("$CACHEAUTH_ENDPOINT" hands it in).'
      : "Give HOST[:PORT] as the argument, or set CACHEAUTH_ENDPOINT.",
  );
}
