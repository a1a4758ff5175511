import { nothing, type Rule } from "../rule.ts";

/** What a server reads of a client that has not logged in: PROTO_MAX_BULK_LEN before authentication, in Redis and Valkey. */
const limit = 16_384;

export const tooLong: Rule = {
  id: "too-long",
  check({ pasted, fields }) {
    const bytes = new TextEncoder().encode(pasted.text).length;
    if (bytes <= limit) return nothing;
    const session = fields.parameters["X-Amz-Security-Token"]?.raw.length ?? 0;
    const because = session > bytes / 2 ? `, of which the session token takes ${session}` : "";
    return [
      {
        message: `The token has ${bytes} bytes${because}; before authentication a server reads at most ${limit}.`,
        fix:
          session > bytes / 2
            ? "Sign with credentials whose session token is shorter: fewer session policies and tags make it so."
            : "Make a new token: at most a few thousand bytes are needed.",
      },
    ];
  },
};
