import { CacheauthError } from "../errors.ts";
import { parseEndpoint } from "../target/endpoint.ts";
import type { Target } from "../target/kinds.ts";
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
  userIsFallback: false,
  targetIsFallback: false,
  login: { user: null, name: null },
  accountId: null,
};

/** Whether anything is. */
export function expectsAnything(expected: Expected): boolean {
  const { service, name, region, endpoint, user, accountId } = expected;
  return [service, name, region, endpoint, user, accountId].some((value) => value !== null);
}

/**
 * What stood beside the token, in an AUTH line or a URL, tells what it is for as well. It takes the place of what only the
 * surroundings say; beside what was said by flags it stands as the login, which must agree with the token too.
 */
export function withPasted(expected: Expected, pasted: Pasted): Expected {
  const user = pasted.user === null ? null : lowerCase(pasted.user);
  const beside = pasted.endpoint === null ? null : readBeside(pasted.endpoint);
  const nothingSaid = (expected.name === null && expected.endpoint === null) || expected.targetIsFallback;
  const target = beside && nothingSaid ? { ...beside, region: expected.region ?? beside.region } : {};
  return {
    ...expected,
    ...target,
    user: user !== null && (expected.user === null || expected.userIsFallback) ? user : expected.user,
    login: { user, name: beside?.name ?? null },
  };
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

/** What a token for this target and user must be for. */
export function expectedFor(target: Pick<Target, "service" | "kind" | "name" | "region">, user: string): Expected {
  const { service, kind, name, region } = target;
  return { ...nothingExpected, service, kind, name, region, user };
}
