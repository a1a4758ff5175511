import { nothing, type Rule, valueSpan } from "../rule.ts";
import { nameOf } from "../shown-name.ts";

export const doubleEncoded: Rule = {
  id: "double-encoded",
  check({ token }) {
    const twice = token.parameters.filter(({ valueTwice }) => valueTwice !== null);
    const [first] = twice;
    if (!first) return nothing;
    return [
      {
        message: `${twice.length === 1 ? `${nameOf(token, first)} is` : `${twice.length} values are`} percent-encoded twice: %25 stands where % should.`,
        fix: "Encode once: give the signer plain values, and its result to nothing that encodes again (a URL builder, a form).",
        ...(twice.length === 1 ? { parameter: nameOf(token, first) } : {}),
        span: valueSpan(first),
      },
    ];
  },
};
