import { CacheauthError } from "../errors.ts";
import { parseEndpoint } from "../target/endpoint.ts";
import { lowerCase } from "../target/names.ts";
import type { Pasted } from "../token/pasted/read-pasted.ts";
import type { Expected } from "./rule.ts";

/** Nothing is known of what the token should be for. */
export const nothingExpected: Expected = {
  service: null,
  kind: null,
  name: null,
  region: null,
  endpoint: null,
  user: null,
  accountId: null,
};

/** Whether anything is. */
export function expectsAnything(expected: Expected): boolean {
  return Object.values(expected).some((value) => value !== null);
}

/** What stood beside the token, in an AUTH line or a URL, tells what it is for as well; what was said by flags comes first. */
export function withPasted(expected: Expected, pasted: Pasted): Expected {
  const user = expected.user ?? (pasted.user === null ? null : lowerCase(pasted.user));
  const nothingSaid = expected.name === null && expected.endpoint === null;
  const beside = nothingSaid && pasted.endpoint !== null ? readBeside(pasted.endpoint) : null;
  if (!beside) return { ...expected, user };
  return { ...expected, ...beside, region: expected.region ?? beside.region, user };
}

function readBeside(text: string): Pick<Expected, "service" | "kind" | "name" | "region" | "endpoint"> | null {
  try {
    const { service, kind, name, region, host, port } = parseEndpoint(text);
    return { service, kind, name, region, endpoint: { host, port: port ?? 6379 } };
  } catch (error) {
    // A tunnel, a CNAME: the host tells nothing.
    if (error instanceof CacheauthError) return null;
    throw error;
  }
}
