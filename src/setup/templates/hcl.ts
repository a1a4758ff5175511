import { hclText } from "../../policy/policy-terraform.ts";

/** A value of HCL: text, numbers and truths as they are, lists, and expressions. */
export type Hcl = string | number | boolean | Expression | readonly Hcl[];

interface Expression {
  /** As it stands in the file. */
  readonly hcl: string;
}

/** What a block holds: arguments, and blocks within it; null leaves an argument out. */
export interface Block {
  /** `resource "aws_elasticache_user" "user"`. */
  readonly head: string;
  readonly values: Readonly<Record<string, Hcl | null>>;
  readonly blocks?: readonly Block[];
}

export function expression(hcl: string): Expression {
  return { hcl };
}

/**
 * @example
 * ```ts
 * blockText({ head: "locals", values: { a: 1, names: ["x", expression("local.y")] } }); // 'locals {\n  a     = 1\n  names = ["x", local.y]\n}'
 * ```
 */
export function blockText({ head, values, blocks = [] }: Block): string {
  const given = Object.entries(values).filter((entry): entry is [string, Hcl] => entry[1] !== null);
  const width = Math.max(0, ...given.map(([name]) => name.length));
  const lines = given.map(([name, value]) => `  ${name.padEnd(width)} = ${hclValue(value)}`);
  const inner = blocks.map((block) => blockText(block).replace(/^(?=.)/gm, "  "));
  if (lines.length + inner.length === 0) return `${head} {}`;
  const gap = lines.length > 0 && inner.length > 0 ? [""] : [];
  return [`${head} {`, ...lines, ...gap, ...inner, "}"].join("\n");
}

function hclValue(value: Hcl): string {
  if (typeof value === "string") return hclText(value);
  if (typeof value !== "object") return String(value);
  return "hcl" in value ? value.hcl : `[${value.map(hclValue).join(", ")}]`;
}
