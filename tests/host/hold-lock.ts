/** Takes the lock that its argument names, says so, and gives it back at the end of stdin. */
import { lockFolder } from "../../src/node/lock.ts";

try {
  const unlock = await lockFolder(process.argv[2] ?? "", { beatMs: 50 });
  console.log("held");
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once("end", resolve));
  await unlock();
} catch (error) {
  const { code, processId } = error as { code?: string; processId?: number | null };
  console.log(`${code} ${processId}`);
}
process.exit(0);
