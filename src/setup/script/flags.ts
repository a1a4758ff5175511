import type { Choices } from "../choices.ts";
import type { Words } from "./step.ts";

/** Flags of the AWS CLI. Null and an empty list leave the flag out, true is a flag without a value. */
type Values = Readonly<Record<string, string | number | true | readonly string[] | null>>;

/** A command of the AWS CLI. Its region stands in it, so that it can be copied alone. */
export function aws({ target }: Pick<Choices, "target">, service: string, operation: string, values: Values): Words {
  const flags = Object.entries(values).flatMap(([name, value]) => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return [];
    return value === true ? [`--${name}`] : [`--${name}`, ...[value].flat().map(String)];
  });
  return ["aws", service, operation, "--region", target.region, ...flags];
}
