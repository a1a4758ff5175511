/** Prints how many tokens a second the library signs in this process, one after the other. Run by scripts/bench.ts. */
import { measure } from "mitata";
import { createToken } from "../src/index.ts";

const options = {
  target: "master.my-cache.abc123.use1.cache.amazonaws.com",
  user: "my-user",
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
};

/** Many in one sample: the clock is too coarse for one. */
const batch = 200;
const { p50 } = await measure(async () => {
  for (let count = 0; count < batch; count += 1) await createToken(options);
});
console.log(Math.round((batch * 1e9) / p50));
