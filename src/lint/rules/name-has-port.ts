import { shown } from "../../errors.ts";
import { nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const nameHasPort: Rule = {
  id: "name-has-port",
  check({ token, fields }) {
    if (fields.port === null || fields.name === "") return nothing;
    const start = token.host.end - fields.port.length - 1;
    return [
      {
        message: `A port stands behind the name, ${shown(`:${fields.port}`)}; the name alone is signed.`,
        fix: `Sign ${shownValue(fields.name)} without a port as the host; the port is only for the connection.`,
        span: { start, end: token.host.end },
      },
    ];
  },
};
