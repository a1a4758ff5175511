import type { Kind, Service } from "../target/kinds.ts";
import type { Parameter, ParsedToken } from "./parse.ts";
import { readSigV4Time } from "./time.ts";

/** The parameters that a token has, in the order of botocore's print. */
export const tokenParameters = [
  "Action",
  "User",
  "ResourceType",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
] as const;

export type TokenParameter = (typeof tokenParameters)[number];

export interface CredentialScope {
  /** What stands before the last four parts: with slashes in it, or empty, it is no id. */
  readonly accessKeyId: string;
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `aws4_request` */
  readonly terminator: string;
}

/** What a token says, read off its parameters; where one stands twice, the first counts. */
export interface TokenFields {
  /** The host without its port, and without user info. */
  readonly name: string;
  readonly port: string | null;
  readonly parameters: Readonly<Partial<Record<TokenParameter, Parameter>>>;
  /** Null where the credential is missing or has fewer than five parts. */
  readonly credential: CredentialScope | null;
  /** Null where the service is neither of the two. */
  readonly service: Service | null;
  readonly kind: Kind | null;
  readonly issuedAt: Date | null;
  /** Whole seconds; null where they cannot be read. */
  readonly lifetimeSeconds: number | null;
  readonly expiresAt: Date | null;
}

export function readFields(token: ParsedToken): TokenFields {
  const parameters: Partial<Record<TokenParameter, Parameter>> = {};
  for (const parameter of token.parameters) {
    const name = parameter.name as TokenParameter;
    if (tokenParameters.includes(name) && parameters[name] === undefined) parameters[name] = parameter;
  }
  const credential = readCredential(meantValue(parameters["X-Amz-Credential"]));
  const service =
    credential?.service === "elasticache" || credential?.service === "memorydb" ? credential.service : null;
  const resourceType = meantValue(parameters.ResourceType);
  const issuedAt = readSigV4Time(meantValue(parameters["X-Amz-Date"]));
  const lifetimeSeconds = readSeconds(meantValue(parameters["X-Amz-Expires"]));
  // A user and a password may stand before it, as in a URL.
  const { name, port } = splitPort(token.host.text.slice(token.host.text.lastIndexOf("@") + 1));
  return {
    name,
    port,
    parameters,
    credential,
    service,
    kind: kindOf(service, resourceType),
    issuedAt,
    lifetimeSeconds,
    expiresAt: issuedAt && lifetimeSeconds !== null ? new Date(issuedAt.getTime() + lifetimeSeconds * 1000) : null,
  };
}

/** The value that was meant: one that was encoded twice is decoded twice. Empty where there is no such parameter. */
export function meantValue(parameter: Parameter | undefined): string {
  return parameter?.valueTwice ?? parameter?.value ?? "";
}

/**
 * The last four parts are the scope, none of them empty; what stands before them should be the access key id. Null where
 * neither the date nor the terminator is there: then it may be anything, even a secret key, which has slashes too.
 */
export function readCredential(value: string): CredentialScope | null {
  const parts = value.split("/");
  const [date = "", region = "", service = "", terminator = ""] = parts.slice(-4);
  const isScope = terminator === "aws4_request" || /^\d{8}$/.test(date);
  return parts.length >= 5 && isScope && [date, region, service, terminator].every((part) => part !== "")
    ? { accessKeyId: parts.slice(0, -4).join("/"), date, region, service, terminator }
    : null;
}

function kindOf(service: Service | null, resourceType: string): Kind | null {
  if (service === "memorydb") return "memorydb-cluster";
  if (service === "elasticache") return resourceType === "ServerlessCache" ? "serverless-cache" : "replication-group";
  return null;
}

function readSeconds(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function splitPort(host: string): { name: string; port: string | null } {
  const colon = host.indexOf(":");
  return colon < 0 ? { name: host, port: null } : { name: host.slice(0, colon), port: host.slice(colon + 1) };
}
