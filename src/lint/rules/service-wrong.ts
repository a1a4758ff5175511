import { credentialSpan, nothing, type Rule } from "../rule.ts";
import { shownValue } from "../shown-value.ts";

export const serviceWrong: Rule = {
  id: "service-wrong",
  check({ fields, expected }) {
    if (!fields.credential) return nothing;
    const { service } = fields.credential;
    const wanted = expected.service;
    if (service === wanted || (wanted === null && fields.service !== null)) return nothing;
    const inCase = ["elasticache", "memorydb"].includes(service.toLowerCase());
    return [
      {
        message:
          fields.service !== null
            ? `The token is signed for the service ${service}, but the cache is of ${wanted}.`
            : `The token is signed for the service ${shownValue(service)}; it is ${wanted ?? "elasticache or memorydb"}${inCase ? ", in lower case" : ""}.`,
        fix: `Make the signer with the service name ${wanted ?? "elasticache (or memorydb for MemoryDB)"}.`,
        parameter: "X-Amz-Credential",
        span: credentialSpan(fields, 1),
      },
    ];
  },
};
