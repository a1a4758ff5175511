/** A value as AWS writes it in the answers of its query services; what is undefined is left out. */
export type Xml = string | number | boolean | undefined | List | { readonly [name: string]: Xml };

export interface List {
  readonly item: string;
  readonly items: readonly Xml[];
}

/** A list whose elements have that name; AWS's default is `member`. */
export function list(items: readonly Xml[] | undefined, item = "member"): List {
  return { item, items: items ?? [] };
}

export function xml(name: string, value: Xml): string {
  return value === undefined ? "" : `<${name}>${inner(value)}</${name}>`;
}

function inner(value: Exclude<Xml, undefined>): string {
  if (typeof value !== "object") return escaped(String(value));
  if (isList(value)) return value.items.map((one) => xml(value.item, one)).join("");
  return Object.entries(value)
    .map(([name, one]) => xml(name, one))
    .join("");
}

function isList(value: object): value is List {
  return Array.isArray((value as List).items) && typeof (value as List).item === "string";
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
