import type { Notice } from "../errors.ts";
import type { Service } from "../target/kinds.ts";
import type { Env } from "./proxy.ts";

/** What is asked about a login, by what stands behind AWS_ENDPOINT_URL_ for it. */
const askedOf: Readonly<Record<Service, Readonly<Record<string, string>>>> = {
  elasticache: { STS: "STS", ELASTICACHE: "ElastiCache", IAM: "IAM" },
  memorydb: { STS: "STS", MEMORYDB: "MemoryDB", IAM: "IAM" },
};

/** Whoever reads AWS's records wants to know that they are not AWS's own: a stand-in, or a VPC endpoint, answers. */
export function askedElsewhere(service: Service, env: Env): readonly Notice[] {
  if (env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true") return [];
  const forms = [["", "AWS"], ...Object.entries(askedOf[service]).map(([form, name]) => [`_${form}`, `AWS's ${name}`])];
  return forms.flatMap(([form, who]) => {
    const variable = `AWS_ENDPOINT_URL${form}`;
    const where = placeIn(env[variable] ?? "");
    return where === null
      ? []
      : [{ code: "aws-elsewhere", message: `${who} is asked at ${where}, as ${variable} says.` }];
  });
}

/** Without the user, the password and the query, which may be secrets; null for what is no such URL: that fails by itself. */
function placeIn(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const path = url.pathname === "/" ? "" : url.pathname;
  return `${url.origin}${path.length > 80 ? "/…" : path}`;
}
