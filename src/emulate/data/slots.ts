/** How many slots a cluster has. */
export const slotCount = 16_384;

/**
 * The slot of a key: CRC16 (XMODEM) of it, or of what stands between its first `{` and the next `}` where that is not empty.
 * A key is a text of one character a byte. https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
 *
 * @example
 * ```ts
 * slotOf("{user1000}.following") === slotOf("user1000"); // true
 * ```
 */
export function slotOf(key: string): number {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open + 1);
  return crc16(close > open + 1 ? key.slice(open + 1, close) : key) % slotCount;
}

function crc16(text: string): number {
  let crc = 0;
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
