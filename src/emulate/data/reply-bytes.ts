import type { RespValue } from "../../resp/value.ts";

/** About what a reply takes on the wire. Replies are only a few levels deep. */
export function replyBytes(value: RespValue): number {
  switch (value.type) {
    case "array":
    case "set":
    case "push":
      return value.items.reduce((sum, item) => sum + replyBytes(item), overhead);
    case "map":
      return value.entries.reduce((sum, [name, item]) => sum + replyBytes(name) + replyBytes(item), overhead);
    default:
      return overhead + ("bytes" in value ? value.bytes.length : 0);
  }
}

const overhead = 16;
