type Yaml = string | number | boolean | object;

/**
 * Plain data as YAML: objects and lists in blocks, and in double quotes whatever could be read as something else. Anything
 * that JSON can quote YAML reads the same.
 *
 * @example
 * ```ts
 * toYaml({ Version: "2012-10-17", Action: ["s3:GetObject"] }); // 'Version: "2012-10-17"\nAction:\n  - s3:GetObject\n'
 * ```
 */
export function toYaml(value: object): string {
  return `${lines(value).join("\n")}\n`;
}

function lines(value: object): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Yaml) => under("- ", item));
  return Object.entries(value).flatMap(([key, item]: [string, Yaml]) =>
    isNested(item)
      ? [`${scalar(key)}:`, ...lines(item).map((line) => `  ${line}`)]
      : [`${scalar(key)}: ${scalar(item)}`],
  );
}

/** A list's item begins on the line of its dash. */
function under(dash: string, item: Yaml): string[] {
  const inside = isNested(item) ? lines(item) : [scalar(item)];
  return inside.map((line, index) => (index === 0 ? dash + line : `  ${line}`));
}

function isNested(item: Yaml): item is object {
  return typeof item === "object" && Object.keys(item).length > 0;
}

function scalar(item: Yaml): string {
  if (typeof item !== "string") return JSON.stringify(item);
  const isPlain = /^[A-Za-z][\w:/.@+-]*$/.test(item) && !item.endsWith(":");
  return isPlain && !/^(true|false|yes|no|on|off|y|n|null)$/i.test(item) ? item : JSON.stringify(item);
}
