import { nothing, type Rule } from "../rule.ts";

export const nameMissing: Rule = {
  id: "name-missing",
  check({ token, expected }) {
    if (token.host.text !== "" && token.host.text !== ":") return nothing;
    return [
      {
        message: "There is no name before the parameters; a token begins with the cache's name and /?.",
        fix:
          expected.name === null
            ? "Sign the cache's name as the host: replication group id, serverless cache name or MemoryDB cluster name."
            : `Sign ${expected.name} as the host: the token begins with ${expected.name}/?.`,
        span: { start: 0, end: token.path.end },
      },
    ];
  },
};
