/**
 * Prints as JSON, of this process: tokens signed a second, tokens judged a second, calls of a warm provider a second, and the milliseconds that 1 MiB and a
 * whole search of verify take. Run by library.ts.
 */
import { measure } from "mitata";
import { createToken, lintToken, tokenProvider, verifyToken } from "../../../src/index.ts";

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
const token = (await createToken(options)).token ?? "";
const judged = await measure(() => {
  for (let count = 0; count < batch; count += 1) lintToken(token);
});
const provider = tokenProvider(options);
await provider();
const provided = await measure(() => {
  for (let count = 0; count < batch; count += 1) void provider();
});
await provider.close();
const megabyte = "a=b&".repeat(1 << 18);
const large = await measure(() => lintToken(megabyte));
const other = token.replace(/.{64}$/, "0".repeat(64));
const search = await measure(() => verifyToken(other, { credentials: options.credentials }));
console.log(
  JSON.stringify({
    signed: Math.round((batch * 1e9) / p50),
    judged: Math.round((batch * 1e9) / judged.p50),
    provided: Math.round((batch * 1e9) / provided.p50),
    largeMs: large.p50 / 1e6,
    searchMs: search.p50 / 1e6,
  }),
);
