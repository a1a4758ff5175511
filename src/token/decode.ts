import type { Kind, Service } from "../target/kinds.ts";
import { accountOf, keyKindOf, looksLikeSecret } from "./access-key.ts";
import { type CredentialScope, meantValue, type TokenFields } from "./fields.ts";
import { isShowable } from "./showable.ts";
import { formatTime } from "./time.ts";

/** What is inside a token: the object of `cacheauth decode --json`. What cannot be read is null. */
export interface DecodedToken {
  readonly service: Service | null;
  readonly kind: Kind | null;
  readonly name: string | null;
  readonly region: string | null;
  readonly user: string | null;
  readonly action: string | null;
  readonly resourceType: string | null;
  readonly algorithm: string | null;
  readonly accessKeyId: string | null;
  readonly accessKeyKind: "long-term" | "temporary" | "unknown";
  /** Read off the key id, never certain. */
  readonly accountId: string | null;
  readonly scope: Omit<CredentialScope, "accessKeyId"> | null;
  readonly issuedAt: string | null;
  readonly expiresAt: string | null;
  readonly lifetimeSeconds: number | null;
  /** Negative once it has expired. */
  readonly secondsLeft: number | null;
  readonly status: "valid" | "expired" | "not-yet-valid" | "unknown";
  readonly signedHeaders: readonly string[];
  /** `value` is null, unless secrets were asked for. */
  readonly sessionToken: { readonly present: boolean; readonly bytes: number; readonly value: string | null };
  readonly bytes: number;
  readonly parameterOrder: readonly string[];
  /** `[redacted]`, unless secrets were asked for; null where there is none. */
  readonly signature: string | null;
}

export interface DecodeOptions {
  readonly at: Date;
  /** For each parameter the name, or null where it must not be shown. */
  readonly names: readonly (string | null)[];
  readonly showSecrets: boolean;
  /** How long it is, whatever of it was read. */
  readonly bytes: number;
}

export function decodeToken(fields: TokenFields, options: DecodeOptions): DecodedToken {
  const { credential, parameters, issuedAt, expiresAt, lifetimeSeconds } = fields;
  // What is not shown is not there for the reader, who is told by lint.
  const text = (value: string, parameter = "") =>
    value === "" ? null : isShowable(value, parameter) ? value : "[redacted]";
  const accessKeyId = credential?.accessKeyId ?? "";
  const shownKeyId = /^[\w/]{1,128}$/.test(accessKeyId) && !looksLikeSecret(accessKeyId) ? accessKeyId : null;
  const session = parameters["X-Amz-Security-Token"];
  const signature = meantValue(parameters["X-Amz-Signature"]);
  return {
    service: fields.service,
    kind: fields.kind,
    name: text(/[=&]/.test(fields.name) ? "" : fields.name),
    region: text(credential?.region ?? ""),
    user: text(meantValue(parameters.User)),
    action: text(meantValue(parameters.Action)),
    resourceType: text(meantValue(parameters.ResourceType)),
    algorithm: text(meantValue(parameters["X-Amz-Algorithm"]), "X-Amz-Algorithm"),
    accessKeyId: shownKeyId,
    accessKeyKind: keyKindOf(accessKeyId),
    accountId: accountOf(accessKeyId),
    scope: credential && {
      date: text(credential.date) ?? "",
      region: text(credential.region) ?? "",
      service: text(credential.service) ?? "",
      terminator: text(credential.terminator) ?? "",
    },
    issuedAt: issuedAt && formatTime(issuedAt),
    expiresAt: expiresAt && formatTime(expiresAt),
    lifetimeSeconds,
    secondsLeft: expiresAt && Math.trunc((expiresAt.getTime() - options.at.getTime()) / 1000),
    status: statusOf(issuedAt, expiresAt, options.at),
    signedHeaders: meantValue(parameters["X-Amz-SignedHeaders"])
      .split(";", 20)
      .flatMap((header) => text(header, "X-Amz-SignedHeaders") ?? []),
    sessionToken: {
      present: session !== undefined,
      bytes: new TextEncoder().encode(meantValue(session)).length,
      value: session && options.showSecrets ? meantValue(session) : null,
    },
    bytes: options.bytes,
    parameterOrder: options.names.slice(0, 100).map((name) => name ?? "[redacted]"),
    signature: signature === "" ? null : options.showSecrets ? signature : "[redacted]",
  };
}

function statusOf(issuedAt: Date | null, expiresAt: Date | null, at: Date): DecodedToken["status"] {
  if (!issuedAt || !expiresAt) return "unknown";
  if (at < issuedAt) return "not-yet-valid";
  return at < expiresAt ? "valid" : "expired";
}
