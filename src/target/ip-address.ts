/**
 * The bytes of an IP address, 4 or 16 of them; null where the text is none. IPv4 is four decimal numbers without leading
 * zeros, which some programs read as octal; IPv6 is any form of RFC 4291, section 2.2, without a zone.
 *
 * @example
 * ```ts
 * parseIpAddress("127.0.0.1"); // new Uint8Array([127, 0, 0, 1])
 * parseIpAddress("::1")?.length; // 16
 * parseIpAddress("localhost"); // null
 * ```
 */
export function parseIpAddress(text: string): Uint8Array | null {
  const bytes = text.includes(":") ? ipv6(text) : ipv4(text);
  return bytes && Uint8Array.from(bytes);
}

function ipv4(text: string): readonly number[] | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return parts.map(Number);
}

/** Eight groups, of which one :: stands for as many zero groups as are missing; the last two may be an IPv4 address. */
function ipv6(text: string): readonly number[] | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, index) => groupBytes(half, index === halves.length - 1));
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === 16 ? head : null;
  const missing = 16 - head.length - tail.length;
  // RFC 5952: it stands for one group at least.
  return missing < 2 ? null : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function groupBytes(half: string, isLast: boolean): readonly number[] | null {
  if (half === "") return [];
  const groups = half.split(":");
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    if (group.includes(".")) {
      const embedded = isLast && index === groups.length - 1 ? ipv4(group) : null;
      if (embedded === null) return null;
      bytes.push(...embedded);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes.length > 16 ? null : bytes;
}
