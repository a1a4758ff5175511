/** What a key can hold. Names, members and keys are texts of one character a byte. */
export type Stored =
  | { readonly type: "string"; readonly bytes: Uint8Array }
  | { readonly type: "hash"; readonly fields: Map<string, Uint8Array> }
  | { readonly type: "list"; readonly items: Uint8Array[] }
  | { readonly type: "set"; readonly members: Set<string> };

export type StoredOf<T extends Stored["type"]> = Extract<Stored, { readonly type: T }>;

export interface Entry {
  /** Counts up over the keyspace: SCAN goes by it. */
  readonly id: number;
  readonly value: Stored;
  /** Milliseconds since 1970; null lives on. */
  readonly expiresAt: number | null;
  /** What it is counted as. */
  readonly bytes: number;
}

/** What one more key, field, item or member is counted as, beside its own bytes. */
export const overhead = 64;

export function isEmpty(value: Stored): boolean {
  switch (value.type) {
    case "string":
      return false;
    case "hash":
      return value.fields.size === 0;
    case "list":
      return value.items.length === 0;
    case "set":
      return value.members.size === 0;
  }
}

export function bytesIn(value: Stored): number {
  let bytes = 0;
  if (value.type === "string") bytes = value.bytes.length;
  else if (value.type === "hash")
    for (const [name, field] of value.fields) bytes += overhead + name.length + field.length;
  else if (value.type === "list") for (const item of value.items) bytes += overhead + item.length;
  else for (const member of value.members) bytes += overhead + member.length;
  return bytes;
}
