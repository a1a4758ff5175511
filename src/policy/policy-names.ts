/** How a policy is called where somebody makes it: told apart by its cache and its user. */
export interface PolicyNames {
  /** In IAM, which takes 128 characters. */
  readonly name: string;
  /** In Terraform. */
  readonly label: string;
  /** In CloudFormation, which takes letters and digits alone. */
  readonly logicalId: string;
}

/**
 * @example
 * ```ts
 * policyNames("my-cache", "my-user").logicalId; // "ConnectMyCacheAsMyUser"
 * ```
 */
export function policyNames(cache: string, user: string): PolicyNames {
  const name = `connect-${cache}-as-${user}`;
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return {
    name: name.slice(0, 128),
    label: words.join("_"),
    logicalId: words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join(""),
  };
}
