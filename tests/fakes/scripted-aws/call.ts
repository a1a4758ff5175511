import type { IncomingMessage } from "node:http";

export type ScriptedService = "sts" | "iam" | "elasticache" | "memorydb";

/** What was asked. */
export interface Call {
  readonly method: string;
  /** From the credential scope of the signature, as the region and the key id: the host is the same for all. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** When it was signed, as `20250131T120000Z`. */
  readonly signedAt: string;
  readonly action: string;
  /** By name; a list's are `ResourceArns.member.1`, as in a query. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads a query or JSON call. What is not there is empty: a call without a signature has no service. */
export function readCall({ method = "", url = "/", headers }: IncomingMessage, body: string): Call {
  const [, accessKeyId = "", region = "", service = ""] =
    /Credential=([^/]*)\/\d{8}\/([^/]*)\/([^/]*)\/aws4_request/.exec(headers.authorization ?? "") ?? [];
  const signed = { method, service, region, accessKeyId, signedAt: String(headers["x-amz-date"] ?? "") };
  const aim = headers["x-amz-target"];
  if (typeof aim === "string") {
    const parameters = Object.fromEntries(flat(JSON.parse(body || "{}"), ""));
    return { ...signed, action: aim.split(".").at(-1) ?? "", parameters };
  }
  const query = body || url.split("?")[1] || "";
  const { Action: action = "", Version: _, ...parameters } = Object.fromEntries(new URLSearchParams(query));
  return { ...signed, action, parameters };
}

/** The values of a list parameter, in their order. */
export function listOf({ parameters }: Call, name: string): string[] {
  const found = Object.entries(parameters).filter(([key]) => key.startsWith(`${name}.member.`));
  return found.sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).map(([, value]) => value);
}

function flat(value: unknown, path: string): [string, string][] {
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  const prefix = path === "" ? "" : `${path}.`;
  const entries = Array.isArray(value)
    ? value.map((inner, index) => [`member.${index + 1}`, inner] as const)
    : Object.entries(value);
  return entries.flatMap(([name, inner]) => flat(inner, `${prefix}${name}`));
}
