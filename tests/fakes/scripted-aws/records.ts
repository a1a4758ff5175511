import { callerOf } from "./answers.ts";
import type { Call } from "./call.ts";
import type { Script } from "./script.ts";

interface Placed {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** Those of the region that is asked, in the account of who asks. */
export function here<T extends Placed>(records: readonly T[] | undefined, call: Call, script: Script): readonly T[] {
  const { account } = callerOf(call, script);
  return (records ?? []).filter(
    (record) =>
      (record.region ?? script.caller.region) === call.region && (record.account ?? script.caller.account) === account,
  );
}

/** As both services write them. */
export function tagsOf(
  arn: string,
  { tags = {} }: Script,
): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags[arn] ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

/** `aws-cn` in China. */
export function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** `arn:aws:elasticache:us-east-1:123456789012:user:my-user`; of IAM without a region. */
export function arnOf(call: Call, script: Script, resource: string): string {
  const region = call.service === "iam" ? "" : call.region;
  return `arn:${partitionOf(script.caller.region)}:${call.service}:${region}:${callerOf(call, script).account}:${resource}`;
}
