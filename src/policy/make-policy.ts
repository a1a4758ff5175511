import { type ConnectTarget, connectAction, connectArns } from "./connect-arns.ts";

/** Conditions as a policy has them: operator, key, what it is compared with. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement that allows connecting, as it stands in a policy. */
export interface ConnectStatement {
  readonly Effect: "Allow";
  readonly Action: string;
  readonly Resource: readonly string[];
  readonly Condition?: ConditionBlock;
}

export interface ConnectPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly [ConnectStatement];
}

/**
 * The least that lets somebody connect as a user: the action on the cache and on the user, both by their whole ARNs.
 *
 * @param user ElastiCache: the user's id; MemoryDB: its name
 * @example
 * ```ts
 * const target = { kind: "serverless-cache", name: "my-cache", region: "cn-north-1" } as const;
 * makePolicy(target, "my-user", "123456789012").Statement[0].Resource[0]; // "arn:aws-cn:elasticache:cn-north-1:123456789012:serverlesscache:my-cache"
 * ```
 */
export function makePolicy(
  target: ConnectTarget,
  user: string,
  accountId: string,
  condition: ConditionBlock | null = null,
): ConnectPolicy {
  const { cache, user: userArn } = connectArns(target, user, accountId);
  const statement = connectStatement(target, [cache, userArn]);
  return {
    Version: "2012-10-17",
    Statement: [condition === null ? statement : { ...statement, Condition: condition }],
  };
}

export function connectStatement({ kind }: Pick<ConnectTarget, "kind">, arns: readonly string[]): ConnectStatement {
  return { Effect: "Allow", Action: connectAction(kind), Resource: arns };
}
