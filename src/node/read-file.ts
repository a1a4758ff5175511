/** All of a file, or its first `most` bytes. */
export async function readFile(path: string, most?: number): Promise<Uint8Array> {
  const files = await import("node:fs/promises");
  if (most === undefined) return files.readFile(path);
  const file = await files.open(path);
  try {
    const buffer = new Uint8Array(most);
    let length = 0;
    while (length < most) {
      const { bytesRead } = await file.read(buffer, length, most - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.slice(0, length);
  } finally {
    await file.close();
  }
}
