import { CacheauthError } from "../../errors.ts";
import { parseEndpoint } from "../../target/endpoint.ts";
import { kinds } from "../../target/kinds.ts";
import { nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const nameIsEndpoint: Rule = {
  id: "name-is-endpoint",
  check({ token, fields, expected }) {
    const host = fields.name;
    const isAddress = host.startsWith("[") || token.host.text.split(":").length > 2;
    if (token.host.text.includes("@")) {
      return [
        {
          message: "User info stands before the name, as in a URL; the bare name is what is signed.",
          fix: `Sign ${expected.name ?? "the cache's name"} alone as the host; the user is the parameter User.`,
          span: token.host,
        },
      ];
    }
    if (!host.includes(".") && !isAddress) return nothing;
    const read = readName(token.host.text);
    const meant = expected.name ?? read?.name ?? null;
    const what = read
      ? `the endpoint of ${read.label} ${read.name}`
      : isAddress || /^[\d.]+$/.test(host)
        ? "an address"
        : "a host name";
    return [
      {
        message: `${shownValue(token.host.text)} was signed as the host: ${what}, where the cache's bare name belongs.`,
        fix:
          meant === null
            ? "Sign the cache's name (replication group id, serverless cache name or MemoryDB cluster name) as the host; connect to the endpoint."
            : `Sign ${meant} as the host, and connect to the endpoint: cacheauth token does so.`,
        span: token.host,
      },
    ];
  },
};

function readName(host: string): { readonly name: string; readonly label: string } | null {
  try {
    const { name, kind } = parseEndpoint(host);
    return { name, label: `the ${kinds[kind].label}` };
  } catch (error) {
    if (error instanceof CacheauthError) return null;
    throw error;
  }
}
