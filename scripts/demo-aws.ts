/**
 * The AWS of the demo: the fake of the tests, for nobody has an account at hand. A group has the user, and is not attached to
 * the cache. Prints its address and serves until it is stopped. Usage: bun scripts/demo-aws.ts
 */
import { goodScript } from "../tests/fakes/scripted-aws/sample.ts";
import { withScriptedAws } from "../tests/fakes/scripted-aws/server.ts";

const caches = (goodScript.caches ?? []).map((cache) => ({ ...cache, groups: [] }));
await withScriptedAws({ ...goodScript, caches }, async ({ url }) => {
  console.log(url);
  await new Promise((resolve) => process.once("SIGTERM", resolve));
});
