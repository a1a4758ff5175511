/**
 * Prints how many bytes a call of a warm provider takes, by this process's memory over millions of calls. Run by library.ts, which keeps the runtime
 * from collecting garbage meanwhile. A call that makes one object is measured as well: where that seems to cost nothing, nothing was measured.
 */
import { tokenProvider } from "../../../src/index.ts";

const calls = 3_000_000;
const provider = tokenProvider({
  target: "master.my-cache.abc123.use1.cache.amazonaws.com",
  user: "my-user",
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
});
await provider();
/** What was made last is kept, or the compiler may leave it out. */
const last: { value: unknown } = { value: null };
const bytes = bytesACall(() => {
  last.value = provider();
});
const object = bytesACall(() => {
  last.value = { last };
});
await provider.close();
if (object < 8) throw new Error(`an object seems to take ${object} bytes: garbage was collected meanwhile`);
console.log(Math.max(0, Math.round(bytes)));

function bytesACall(call: () => void): number {
  for (let count = 0; count < calls / 10; count += 1) call();
  const before = process.memoryUsage().rss;
  for (let count = 0; count < calls; count += 1) call();
  return (process.memoryUsage().rss - before) / calls;
}
