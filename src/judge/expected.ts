import { nothingExpected } from "../lint/expected.ts";
import type { Expected } from "../lint/rule.ts";
import { isShowable } from "../token/showable.ts";
import type { Login, World } from "./world.ts";

/** What the token of a login must be for. */
export function expectedOf({ user }: Login, { target }: World): Expected {
  const { service, kind, name, region, endpoint, accountId } = target;
  return {
    ...nothingExpected,
    service,
    kind,
    name,
    region,
    endpoint,
    accountId,
    // What cannot be shown is no user's name, and that is told instead of a difference.
    user: user !== null && isShowable(user) ? user : null,
  };
}
