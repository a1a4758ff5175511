/** Whose policies count for a caller, by the ARN that STS gives. */
export type Principal =
  | { readonly kind: "user"; readonly arn: string }
  /** A session's ARN does not have the path of its role. */
  | { readonly kind: "role"; readonly name: string; readonly withoutPath: string }
  | { readonly kind: "other"; readonly what: string; readonly fix: string };

/**
 * @example
 * ```ts
 * principalOf("arn:aws:sts::123456789012:assumed-role/app/session").kind; // "role"
 * principalOf("arn:aws:iam::123456789012:root").kind; // "other"
 * ```
 */
export function principalOf(arn: string): Principal {
  const [, partition = "", service = "", account = "", rest = ""] =
    /^arn:([\w-]+):(iam|sts)::(\d{12}):(.+)$/.exec(arn) ?? [];
  const role = /^assumed-role\/([^/]+)\/.+$/.exec(rest);
  if (service === "sts" && role) {
    const [, name = ""] = role;
    return { kind: "role", name, withoutPath: `arn:${partition}:iam::${account}:role/${name}` };
  }
  if (service === "iam" && rest.startsWith("user/")) return { kind: "user", arn };
  const fix = "Log in as the user or role that the program has, and look again.";
  if (rest === "root") return { kind: "other", what: "the account's root user, whom no policy bounds", fix };
  if (rest.startsWith("federated-user/")) return { kind: "other", what: "a federated user", fix };
  return { kind: "other", what: "such a caller", fix };
}
