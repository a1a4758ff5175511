import { shown } from "../../errors.ts";
import { looksLikeSecret } from "../../token/access-key.ts";
import { type Found, nothing, type Rule, valueSpan } from "../rule.ts";

export const accessKeyMalformed: Rule = {
  id: "access-key-malformed",
  check({ fields }) {
    const parameter = fields.parameters["X-Amz-Credential"];
    if (!fields.credential) return nothing;
    const { accessKeyId } = fields.credential;
    const found = (message: string, fix: string, severity: Found["severity"] = "error"): readonly Found[] => [
      { message, fix, severity, parameter: "X-Amz-Credential", span: valueSpan(parameter) },
    ];
    const swap =
      "Put the two keys the right way round: the id, which begins with AKIA or ASIA, is what X-Amz-Credential begins with.";
    if (accessKeyId === "")
      return found("The access key id is empty.", "Give the signer credentials: it was asked to sign without.");
    if (looksLikeSecret(accessKeyId)) {
      return found("Where the access key id belongs there is something like a secret access key (not shown).", swap);
    }
    if (/[\s/]/.test(accessKeyId)) {
      return found(
        `The access key id has ${accessKeyId.includes("/") ? "a /" : "white space"} in it, which no id has.`,
        "Set the key id again, without anything before, after or inside it.",
      );
    }
    if (/^(AKIA|ASIA)[A-Z0-9]{12,124}$/.test(accessKeyId)) return nothing;
    return found(
      `The access key id ${/^\w{1,64}$/.test(accessKeyId) ? shown(accessKeyId) : "in the credential"} is not of the usual shape: AKIA or ASIA, and 16 capital letters and digits.`,
      "Check that it is the id of a key of AWS's, copied whole.",
      "warning",
    );
  },
};
