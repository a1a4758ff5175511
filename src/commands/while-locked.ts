/** Works while it holds a lock, which nobody else has meanwhile. */
export async function whileLocked(lock: Promise<() => Promise<void>>, work: () => Promise<void>): Promise<void> {
  const unlock = await lock;
  try {
    await work();
  } finally {
    await unlock();
  }
}
