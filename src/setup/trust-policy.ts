import type { Choices } from "./choices.ts";

/** Who may take the role on. */
export interface TrustPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly TrustStatement[];
}

interface TrustStatement {
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string } | { readonly AWS: string };
  readonly Action: string | readonly string[];
}

/**
 * Trusts the services and ARNs that were named; where none was, all of the account whose policies allow it. Each has a statement
 * of its own: a list of principals comes back from IAM in another order.
 */
export function trustPolicy({ trust, target }: Choices, accountId: string): TrustPolicy {
  const { services, arns } = trust;
  const nobody = services.length + arns.length === 0;
  const root = `arn:${target.partition}:iam::${accountId}:root`;
  const aws = nobody ? [root] : arns;
  return {
    Version: "2012-10-17",
    Statement: [
      ...aws.map((arn) => allow({ AWS: arn }, "sts:AssumeRole")),
      ...services.map((service) =>
        allow({ Service: service }, isPodIdentity(service) ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole"),
      ),
    ],
  };
}

/** Whether somebody at a keyboard may take the role on, and not services alone. */
export function trustsPeople({ trust }: Pick<Choices, "trust">): boolean {
  return trust.arns.length > 0 || trust.services.length === 0;
}

/** EKS Pod Identity tags its sessions, which the trust policy must allow as well. */
function isPodIdentity(service: string): boolean {
  return service === "pods.eks.amazonaws.com";
}

function allow(principal: TrustStatement["Principal"], action: TrustStatement["Action"]): TrustStatement {
  return { Effect: "Allow", Principal: principal, Action: action };
}
